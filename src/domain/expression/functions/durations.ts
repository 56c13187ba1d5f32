import { parseDateAsMidnight, parseTime } from '../../time/date.js';
import { parseDuration } from '../../time/duration.js';
import type { Value } from '../expression.js';
import { duration, time } from '../kinds.js';
import { broken, constant, strict, type Typed } from '../typed.js';
import { checkOperand, type Call, type FunctionDefinition } from './definition.js';

const longest = 100;
const unitLength: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  ns: 0.000_001,
};
const exactLength: Readonly<Record<string, number>> = { hour: 3_600_000, minute: 60_000, second: 1_000 };

/** CEL's `1h30m`, and our own where it is exact: `90 minutes`. In milliseconds. */
function parseLength(text: string): number | undefined {
  if (text.length > longest) return undefined;
  const own = parseDuration(text);
  const exact = own && exactLength[own.unit];
  if (own !== undefined) return exact && own.amount * exact;
  if (!/^[+-]?(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|ns))+$/.test(text)) return text === '0' ? 0 : undefined;
  const sign = text.startsWith('-') ? -1 : 1;
  let total = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g)) {
    total += Number(amount) * (unitLength[unit] ?? 0);
  }
  return Number.isFinite(total) ? sign * Math.round(total) : undefined;
}

function checkDuration(call: Call): Typed {
  const [node] = call.operands;
  const operand = node === undefined ? broken : checkOperand(call, node, 'text');
  if (node === undefined || operand === broken) return broken;
  const written = operand.constant?.value;
  if (typeof written !== 'string') return strict(duration, [operand], (scope) => lengthOf(operand.run(scope)));
  const length = parseLength(written);
  if (length !== undefined) return constant(duration, length);
  const expected = 'expected hours or shorter, such as "1h30m" or "90 minutes"';
  return call.checking.error(node, `duration() cannot read "${written}"; ${expected}`);
}

function lengthOf(value: Value): number | undefined {
  return typeof value === 'string' ? parseLength(value) : undefined;
}

/** An instant with its offset, or a date, which is midnight on the clock. */
function checkTimestamp(call: Call): Typed {
  const [node] = call.operands;
  const operand = node === undefined ? broken : checkOperand(call, node, 'text');
  if (node === undefined || operand === broken) return broken;
  const written = operand.constant?.value;
  if (typeof written === 'string') {
    const instant = parseTime(written);
    if (instant !== undefined) return constant(time, instant);
    if (parseDateAsMidnight(written, 'UTC') === undefined) return call.checking.error(node, noTime(written));
  }
  return strict(time, [operand], (scope) => {
    const text = operand.run(scope);
    if (typeof text !== 'string' || text.length > longest) return undefined;
    return parseTime(text) ?? parseDateAsMidnight(text, scope.clock.zone);
  });
}

function noTime(written: string): string {
  return `"${written}" is no instant; expected "2026-12-21T18:00:00+03:30", or a date, "2026-12-21" or "1405-09-30"`;
}

export const durationFunctions: readonly FunctionDefinition[] = [
  { name: 'duration', usage: 'duration("1h30m")', form: 'call', least: 1, most: 1, check: checkDuration },
  {
    name: 'timestamp',
    usage: 'timestamp("2026-12-21T18:00:00Z")',
    form: 'call',
    least: 1,
    most: 1,
    check: checkTimestamp,
  },
];
