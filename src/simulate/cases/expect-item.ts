import type { Json } from '../../domain/json.js';
import { localTime } from '../../domain/time/zone.js';
import type { Expected, Line } from './case.js';
import { lacking } from './compare.js';
import { formOf, lineKinds } from './line-kinds.js';

/** What happened, as an item of `expect` says it: in braces, on one line. */
export function printItem(line: Line, zone: string, more: readonly string[] = []): string {
  return printFields(line, zone, [...fieldsToSay(line), ...more], []);
}

/** The same, saying of a line what an item that it replaces has said. */
export function printItemLike(expected: Expected, line: Line, zone: string): string {
  const said = Object.keys(expected.fields).filter((field) => line[field] !== undefined);
  const gone = new Set(lacking(expected, line));
  const texts = expected.textContains.filter((text) => !gone.has(text));
  return printFields(line, zone, [...fieldsToSay(line), ...said], texts);
}

/** What a reader wants to see of each kind. */
function fieldsToSay({ kind }: Line): readonly string[] {
  const { main, others } = lineKinds[kind];
  return ['at', main, ...others.filter((field) => ['channel', 'reason', 'until'].includes(field))];
}

function printFields(line: Line, zone: string, fields: readonly string[], texts: readonly string[]): string {
  const { main } = lineKinds[line.kind];
  const parts = [...new Set(fields)].flatMap((field) => {
    const value = line[field];
    if (value === undefined) return field === main ? [`${line.kind}: true`] : [];
    return [`${field === main ? line.kind : field}: ${printValue(field, value, zone)}`];
  });
  const contains = texts.length === 0 ? [] : [`text_contains: [${texts.map(printText).join(', ')}]`];
  return `{ ${[...parts, ...contains].join(', ')} }`;
}

function printValue(field: string, value: Json, zone: string): string {
  const form = formOf(field);
  if (form === 'instant' && typeof value === 'string') return printLocally(Date.parse(value), zone);
  if (form === 'amount' && typeof value === 'number') return printMoney(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return `[${value.map(printText).join(', ')}]`;
  return typeof value === 'string' ? printText(value) : JSON.stringify(value);
}

export function printMoney(rials: number): string {
  return rials % 10 === 0 ? `${String(rials / 10)} toman` : `${String(rials)} rial`;
}

const plain =
  /^(?!true$|false$|null$|yes$|no$|on$|off$|y$|n$)[\p{L}_][\p{L}\p{M}\p{N}_./\u200c -]*[\p{L}\p{N}]$|^[\p{L}]$/iu;

/** Plain where YAML leaves it alone, else as JSON writes it. */
function printText(text: string): string {
  return plain.test(text) ? text : JSON.stringify(text);
}

/** An instant on the workspace's clock, with its offset: `2026-11-21T10:00:00+03:30`. */
export function printLocally(instant: number, zone: string): string {
  const { year, month, day, hour, minute, second, ms } = localTime(instant, zone);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const text = new Date(wall).toISOString().replace(/(\.000)?Z$/, '');
  return `${text}${printOffset(Math.round((wall - instant) / 60_000))}`;
}

function printOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
