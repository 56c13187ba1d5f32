import { longestList, longestText, type Budget } from '../budget.js';
import type { Value } from '../expression.js';
import { boolean, integer, text } from '../kinds.js';
import { plain, type FunctionDefinition } from './definition.js';
import { find, findLast, splitAt } from './search.js';

/** CEL counts code points; a text without surrogates has as many of them as units. */
const surrogate = /[\ud800-\udfff]/;

export function lengthOf(value: string, budget: Budget): number {
  budget.read(value);
  return surrogate.test(value) ? Array.from(value).length : value.length;
}

/** The unit at which the n-th code point begins; undefined outside the text. */
function unitAt(value: string, point: number): number | undefined {
  if (!Number.isInteger(point) || point < 0 || point > value.length) return undefined;
  if (!surrogate.test(value)) return point;
  const points = Array.from(value);
  return point > points.length ? undefined : points.slice(0, point).join('').length;
}

/** The number of the code point that begins there; -1 stays. */
function pointAt(value: string, unit: number): number {
  return unit > 0 && surrogate.test(value) ? Array.from(value.slice(0, unit)).length : unit;
}

function indexOf(budget: Budget, value: string, part: string, from = 0): Value {
  budget.read(value + part);
  const start = unitAt(value, from);
  return start === undefined ? undefined : pointAt(value, find(value, part, start));
}

function lastIndexOf(budget: Budget, value: string, part: string): Value {
  budget.read(value + part);
  return pointAt(value, findLast(value, part));
}

function substring(budget: Budget, value: string, from: number, to = lengthOf(value, budget)): Value {
  budget.read(value);
  const [start, end] = [unitAt(value, from), unitAt(value, to)];
  return start === undefined || end === undefined || start > end ? undefined : value.slice(start, end);
}

function charAt(budget: Budget, value: string, at: number): Value {
  return substring(budget, value, at, Math.min(at + 1, lengthOf(value, budget)));
}

function split(budget: Budget, value: string, separator: string, most = Infinity): Value {
  budget.read(value + separator);
  if (most < 1) return most === 0 ? [] : split(budget, value, separator);
  const pieces = splitAt(value, separator, Math.min(most, longestList + 1));
  return pieces.length > longestList ? undefined : pieces;
}

/** All of them. */
function replace(budget: Budget, value: string, part: string, by: string): Value {
  budget.read(value + part);
  return part === '' ? undefined : join(budget, splitAt(value, part, Infinity), by);
}

export function join(budget: Budget, pieces: readonly Value[], separator = ''): Value {
  budget.spend(pieces.length);
  if (!pieces.every((piece) => typeof piece === 'string')) return undefined;
  const lengths = pieces.reduce((total, piece) => total + piece.length, 0);
  const length = lengths + separator.length * Math.max(0, pieces.length - 1);
  return length > longestText ? undefined : pieces.join(separator);
}

function test(usage: string, holds: (value: string, part: string) => boolean): FunctionDefinition {
  const apply = (budget: Budget, value: string, part: string): Value => {
    budget.read(value);
    return holds(value, part);
  };
  return plain(nameIn(usage), { usage, takes: ['text', 'text'], gives: boolean, apply });
}

function change(usage: string, changed: (value: string) => string): FunctionDefinition {
  const apply = (budget: Budget, value: string): Value => {
    budget.read(value);
    return changed(value);
  };
  return plain(nameIn(usage), { usage, takes: ['text'], gives: text, apply });
}

function nameIn(usage: string): string {
  return usage.slice(usage.indexOf('.') + 1, usage.indexOf('('));
}

const texts = { kind: 'list', of: text } as const;

export const textFunctions: readonly FunctionDefinition[] = [
  test('text.contains(part)', (value, part) => find(value, part) !== -1),
  test('text.startsWith(part)', (value, part) => value.startsWith(part)),
  test('text.endsWith(part)', (value, part) => value.endsWith(part)),
  change('text.lowerAscii()', (value) => value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  change('text.upperAscii()', (value) => value.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  change('text.trim()', (value) => value.trim()),
  plain('indexOf', {
    usage: 'text.indexOf(part, from?)',
    takes: ['text', 'text', 'number'],
    optional: 1,
    gives: integer,
    apply: indexOf,
  }),
  plain('lastIndexOf', {
    usage: 'text.lastIndexOf(part)',
    takes: ['text', 'text'],
    gives: integer,
    apply: lastIndexOf,
  }),
  plain('substring', {
    usage: 'text.substring(from, to?)',
    takes: ['text', 'number', 'number'],
    optional: 1,
    gives: text,
    apply: substring,
  }),
  plain('charAt', { usage: 'text.charAt(place)', takes: ['text', 'number'], gives: text, apply: charAt }),
  plain('split', {
    usage: 'text.split(separator, most?)',
    takes: ['text', 'text', 'number'],
    optional: 1,
    gives: texts,
    apply: split,
  }),
  plain('replace', {
    usage: 'text.replace(part, by)',
    takes: ['text', 'text', 'text'],
    gives: text,
    apply: replace,
  }),
];
