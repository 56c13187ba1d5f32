import { dayOfDate } from '../time/calendar-date.js';
import { nearestDate, parseDate } from '../time/date.js';
import { toAsciiDigits } from '../time/digits.js';
import { printNode, type Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readMap, readText, type Fields } from '../yaml/read.js';
import type { Days, MonthDay, Rule } from './rule.js';

const bases = ['jalali', 'gregorian', 'hijri'] as const;
type Base = (typeof bases)[number];

const expected = '{ jalali: 09-30 }, { hijri: 06-20 }, { dates: [2026-12-05] } or { from: 1405-12-10, to: 1405-12-20 }';

const shape = {
  what: 'an occasion',
  keys: [...bases, 'dates', 'days', 'from', 'to'],
  meant: (word: string) => (parseDate(word) === undefined ? `{ jalali: ${word} }` : `{ dates: [${word}] }`),
};
const rangeShape = { what: 'a range of days', keys: ['from', 'to'] };

/** When an occasion is: one mapping, or a list of ranges. */
export function readRule(node: Node, problems: Problems): Rule | undefined {
  if (node.kind === 'list') return readRanges(node.items, node, problems);
  const fields = readMap(node, shape, problems);
  if (fields === undefined) return undefined;
  const given = bases.filter((base) => fields.has(base));
  const [base, other] = given;
  if (other !== undefined)
    return problems.error(fields.keyAt(other), `expected one calendar, got ${given.join(' and ')}`);
  if (base !== undefined) return readYearly(base, fields, problems);
  if (fields.has('dates')) return readListed(fields, problems);
  if (fields.has('from') || fields.has('to')) return readRanges([node], node, problems);
  return problems.error(fields.at, `this says no day; expected ${expected}`);
}

function readYearly(base: Base, fields: Fields, problems: Problems): Rule | undefined {
  refuse(['from', 'to', ...(base === 'hijri' ? [] : ['dates'])], base, fields, problems);
  const on = readMonthDay(base, fields.get(base), problems);
  const days = readLength(fields.get('days'), problems);
  const listed = readDates(fields.get('dates'), problems);
  if (on === undefined) return undefined;
  return base === 'hijri' ? { kind: 'lunar', on, days, listed } : { kind: 'yearly', calendar: base, on, days };
}

function readListed(fields: Fields, problems: Problems): Rule {
  refuse(['from', 'to'], 'dates', fields, problems);
  const days = readLength(fields.get('days'), problems);
  const dates = fields.get('dates');
  const firsts = readDates(dates, problems);
  if (dates?.kind === 'list' && dates.items.length === 0)
    problems.error(dates.at, 'dates names no day; write at least one, such as 2026-12-05');
  return { kind: 'listed', spans: firsts.map((first) => ({ first, last: first + days - 1 })) };
}

function refuse(keys: readonly string[], beside: string, fields: Fields, problems: Problems): void {
  for (const key of keys) {
    if (fields.has(key)) problems.error(fields.keyAt(key), `${key} does not go with ${beside}; write one of them`);
  }
}

function readRanges(items: readonly Node[], { at }: Node, problems: Problems): Rule {
  if (items.length === 0) problems.error(at, `this list names no days; expected { from: 1405-12-10, to: 1405-12-20 }`);
  const spans = items.flatMap((item) => readRange(item, problems) ?? []);
  return { kind: 'listed', spans: spans.sort((a, b) => a.first - b.first) };
}

function readRange(node: Node, problems: Problems): Days | undefined {
  const fields = readMap(node, rangeShape, problems);
  if (fields === undefined) return undefined;
  for (const key of rangeShape.keys) {
    if (!fields.has(key)) problems.error(fields.at, `${key} is missing; expected { from: 1405-12-10, to: 1405-12-20 }`);
  }
  const to = fields.get('to');
  const [first, last] = [readDay(fields.get('from'), problems), readDay(to, problems)];
  if (first === undefined || last === undefined || to === undefined) return undefined;
  if (first <= last) return { first, last };
  return problems.error(to.at, `this range ends before it begins; to is its last day, got ${printNode(to)}`);
}

function readDates(node: Node | undefined, problems: Problems): readonly number[] {
  const days = oneOrMore(node).flatMap((item) => readDay(item, problems) ?? []);
  return [...new Set(days)].sort((a, b) => a - b);
}

/** In days since 1970. */
function readDay(node: Node | undefined, problems: Problems): number | undefined {
  const text = readText(node, 'a date such as 2026-12-05', problems);
  if (node === undefined || text === undefined) return undefined;
  const date = parseDate(text);
  if (date !== undefined) return dayOfDate(date);
  const near = nearestDate(text);
  const remedy =
    near === undefined
      ? 'expected a day such as 2026-12-21, or in the Jalali calendar 1405-09-30'
      : `did you mean ${near}?`;
  return problems.error(node.at, `"${text}" is no date; ${remedy}`);
}

function readMonthDay(base: Base, node: Node | undefined, problems: Problems): MonthDay | undefined {
  const text = readText(node, 'a month and a day such as 09-30', problems);
  if (node === undefined || text === undefined) return undefined;
  const [, month, day] = /^(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (month === undefined) return problems.error(node.at, `"${text}" is no month and day; ${nearMonthDay(text)}`);
  const on = { month: Number(month), day: Number(day) };
  if (on.day >= 1 && on.day <= (longest[base][on.month - 1] ?? 0)) return on;
  return problems.error(node.at, `"${text}" is no day of the ${base} calendar; the month comes first, as in 09-30`);
}

function nearMonthDay(text: string): string {
  const [, month, day] = /^(?:\d{4}[-/])?(\d\d?)[-/](\d\d?)$/.exec(toAsciiDigits(text)) ?? [];
  if (month === undefined || day === undefined) return 'expected them with two digits each, such as 09-30';
  return `did you mean ${month.padStart(2, '0')}-${day.padStart(2, '0')}?`;
}

function readLength(node: Node | undefined, problems: Problems): number {
  if (node === undefined) return 1;
  const days = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : NaN;
  if (Number.isInteger(days) && days >= 1 && days <= mostDays) return days;
  const range = `a whole number from 1 to ${String(mostDays)}`;
  return problems.error(node.at, `expected how many days it lasts, ${range}, got ${printNode(node)}`) ?? 1;
}

/** Longer, it would run into itself. */
const mostDays = 350;

/** Days of the months at their longest. */
const longest: Readonly<Record<Base, readonly number[]>> = {
  jalali: [31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30],
  gregorian: [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31],
  hijri: new Array<number>(12).fill(30),
};
