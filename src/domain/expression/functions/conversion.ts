import { printInstant } from '../../time/instant.js';
import type { Value } from '../expression.js';
import type { Kind } from '../kind.js';
import { boolean, familyOf, integer, number, printKind, text, type Family } from '../kinds.js';
import { broken, pure, type Typed } from '../typed.js';
import type { Call, FunctionDefinition } from './definition.js';

type Convert = (value: Value) => Value;

/** What each function reads, by the family of its operand; a text that is no number is unknown. */
const conversions: Readonly<Record<string, { gives: Kind; from: Partial<Readonly<Record<Family, Convert>>> }>> = {
  int: { gives: integer, from: { number: truncate, text: parseWhole, time: toSeconds, duration: toSeconds } },
  double: { gives: number, from: { number: same, text: parseNumber } },
  bool: { gives: boolean, from: { boolean: same, text: parseBoolean } },
  string: {
    gives: text,
    from: { text: same, number: String, boolean: String, time: printTime, duration: printSeconds },
  },
};

function check(call: Call): Typed {
  const { node, operands, site, checking } = call;
  const rule = conversions[node.name];
  const [inner] = operands;
  if (rule === undefined || inner === undefined) return broken;
  const operand = checking.check(inner, site);
  if (operand === broken) return broken;
  const family = familyOf(operand.kind);
  const convert = family === 'any' ? byRunTime(rule.from) : rule.from[family];
  if (convert === undefined) return checking.error(inner, `${node.name}() takes no ${nameOf(operand.kind)}`);
  const { run } = operand;
  return pure(rule.gives, [operand], (scope) => {
    const value = run(scope);
    return value === undefined ? undefined : convert(value);
  });
}

function nameOf(kind: Kind): string {
  return kind.kind === 'money' ? 'money; divide it first: x / toman(1)' : printKind(kind).replace(/^a /, '');
}

function byRunTime(from: Partial<Readonly<Record<Family, Convert>>>): Convert {
  return (value) => {
    if (typeof value === 'string') return from.text?.(value);
    if (typeof value === 'number') return from.number?.(value);
    return typeof value === 'boolean' ? from.boolean?.(value) : undefined;
  };
}

function same(value: Value): Value {
  return value;
}

function truncate(value: Value): Value {
  return Math.trunc(value as number);
}

function toSeconds(value: Value): Value {
  return Math.floor((value as number) / 1_000);
}

const longestNumber = 40;

function parseWhole(value: Value): Value {
  const digits = value as string;
  if (digits.length > longestNumber || !/^[+-]?\d+$/.test(digits)) return undefined;
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : undefined;
}

function parseNumber(value: Value): Value {
  const digits = value as string;
  if (digits.length > longestNumber || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) return undefined;
  return Number.isFinite(Number(digits)) ? Number(digits) : undefined;
}

function parseBoolean(value: Value): Value {
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function printTime(value: Value): Value {
  return printInstant(value as number);
}

function printSeconds(value: Value): Value {
  return `${String((value as number) / 1_000)}s`;
}

export const conversionFunctions: readonly FunctionDefinition[] = Object.keys(conversions).map((name) => ({
  name,
  usage: `${name}(x)`,
  form: 'call',
  least: 1,
  most: 1,
  check,
}));
