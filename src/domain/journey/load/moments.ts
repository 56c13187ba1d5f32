import type { Expression } from '../../expression/expression.js';
import type { Scope } from '../../expression/scope.js';
import { nearestDate, parseDateAsMidnight, parseTime } from '../../time/date.js';
import { parseDurationProblem } from '../../time/duration.js';
import type { Instant } from '../../time/instant.js';
import { readTimeOfDay } from '../../time/read-times.js';
import { shiftInstant } from '../../time/shift.js';
import { printNode, type Node, type ScalarNode } from '../../yaml/node.js';
import { readMap, type Fields } from '../../yaml/read.js';
import type { Context } from './context.js';
import { readEqualsExpression } from './expressions.js';
import type { Flow } from './flow.js';
import { readOccasionMoment } from './occasion-moments.js';
import { readOffset } from './offsets.js';

/** A moment, for what is reached at `from`: undefined where it is unknown. */
export type Moment = (scope: Scope, from: Instant) => Instant | undefined;

/** An instant, a date, or `=expression`, which may give a duration too. */
export function readMoment(node: ScalarNode, flow: Flow, context: Context, expected: string): Moment | undefined {
  const { text } = node;
  if (text.startsWith('=')) return readExpressionMoment(node, flow, context);
  const instant = parseTime(text);
  if (instant !== undefined) return () => instant;
  if (parseDateAsMidnight(text, 'UTC') !== undefined) return (scope) => parseDateAsMidnight(text, scope.clock.zone);
  return context.problems.error(node.at, whyNoMoment(node) ?? `${expected}, got ${printNode(node)}`);
}

function whyNoMoment({ text }: ScalarNode): string | undefined {
  const [, negative] = /^-\s*(\d+\s*\p{L}.*)$/u.exec(text) ?? [];
  if (negative !== undefined) return `"${text}" goes back; only an offset may be negative`;
  if (/^[\d۰-۹٠-٩]+\s*\p{L}/u.test(text)) return parseDurationProblem(text);
  const near = nearestDate(text);
  return near === undefined ? undefined : `"${text}" is no date; did you mean ${near}?`;
}

function readExpressionMoment(node: ScalarNode, flow: Flow, context: Context): Moment | undefined {
  const checked = readEqualsExpression(node, { flow }, context);
  if (checked === undefined) return undefined;
  const { expression } = checked;
  switch (expression.kind.kind) {
    case 'time':
    case 'date':
      return (scope) => numberOf(expression, scope);
    case 'duration':
      return (scope, from) => after(from, numberOf(expression, scope));
    case 'any':
      return (scope) => readOf(expression, scope);
    default:
      return context.problems.error(node.spot(1), `expected a time or a date, got ${expression.kind.kind}`);
  }
}

function after(from: Instant, length: number | undefined): Instant | undefined {
  return length === undefined ? undefined : from + length;
}

function numberOf(expression: Expression, scope: Scope): number | undefined {
  const value = expression.evaluate(scope);
  return typeof value === 'number' ? value : undefined;
}

/** What a JSON Schema describes: a time or a date, as text. */
function readOf(expression: Expression, scope: Scope): Instant | undefined {
  const value = expression.evaluate(scope);
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (parseTime(value) ?? parseDateAsMidnight(value, scope.clock.zone)) : undefined;
}

const shape = { what: 'a moment', keys: ['occasion', 'date', 'offset', 'at', 'edge'] };

/** `{ date: =trigger.due_date, offset: -3 days, at: "10:00" }`, or the same of an occasion. */
export function readShifted(node: Node, flow: Flow, context: Context): Moment | undefined {
  const fields = readMap(node, shape, context.problems);
  if (fields === undefined) return undefined;
  if (!fields.has('occasion')) return readShiftedDate(fields, flow, context);
  if (fields.has('date'))
    context.problems.error(fields.keyAt('date'), 'a moment counts from a date or from an occasion; keep one of them');
  return readOccasionMoment(fields, flow, context);
}

const dates = 'expected a date, an instant or =expression';

function readShiftedDate(fields: Fields, flow: Flow, context: Context): Moment | undefined {
  const { problems } = context;
  const date = fields.get('date');
  if (fields.has('edge')) problems.error(fields.keyAt('edge'), 'edge belongs to an occasion; a date has none');
  const offset = readOffset(fields.get('offset'), problems);
  const at = readTimeOfDay(fields.get('at'), problems);
  if (date === undefined)
    return fields.mentions('date') ? undefined : problems.error(fields.at, `date is missing; ${dates}, or occasion`);
  if (date.kind !== 'scalar') return problems.error(date.at, `${dates}, got ${printNode(date)}`);
  const base = readMoment(date, flow, context, dates);
  return base && ((scope, from) => shifted(base(scope, from), { offset, at }, scope));
}

function shifted(
  base: Instant | undefined,
  shift: Parameters<typeof shiftInstant>[1],
  { clock }: Scope,
): Instant | undefined {
  return base === undefined ? undefined : shiftInstant(base, shift, clock);
}
