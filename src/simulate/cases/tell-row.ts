import type { Json } from '../../domain/json.js';
import { localTime } from '../../domain/time/zone.js';
import type { Expected, Line } from './case.js';
import type { CaseWords } from './case-words.js';
import { differing, lacking, type Row } from './compare.js';
import { printMoney } from './expect-item.js';
import { formOf, lineKinds } from './line-kinds.js';

/** A row for a terminal: what was expected, what happened, and below them what one would not see at a glance. */
export interface ToldRow {
  readonly expected: string;
  readonly happened: string;
  readonly notes: readonly string[];
}

export function tellRow(row: Row, zone: string, words: CaseWords): ToldRow {
  switch (row.kind) {
    case 'missing':
      return { expected: tellExpected(row.expected, zone), happened: words.nothing, notes: [] };
    case 'unlisted':
      return { expected: words.notListed, happened: tellLine(row.line, zone), notes: [] };
    case 'same':
      return { expected: tellExpected(row.expected, zone), happened: tellLine(row.line, zone), notes: [] };
    case 'different':
      return {
        expected: tellExpected(row.expected, zone),
        happened: tellLine(row.line, zone, Object.keys(row.expected.fields)),
        notes: notesOn(row.expected, row.line, words),
      };
  }
}

function notesOn(expected: Expected, line: Line, words: CaseWords): readonly string[] {
  const fields = differing(expected, line);
  const texts = lacking(expected, line);
  return [
    ...(fields.length === 0 ? [] : [words.differs(fields)]),
    ...texts.map((text) => words.lacks(isolated(text))),
    ...(texts.length === 0 ? [] : wholeText(line, words)),
  ];
}

function wholeText({ text, subject }: Line, words: CaseWords): readonly string[] {
  return [
    ...(typeof subject === 'string' ? [words.subject(isolated(subject))] : []),
    words.text(isolated(typeof text === 'string' ? text : '')),
  ];
}

function tellExpected({ kind, fields, textContains }: Expected, zone: string): string {
  const { main } = lineKinds[kind];
  const { at, [main]: first, ...others } = fields;
  const rest = Object.entries(others).map(([field, value]) => `${field}=${print(field, value, zone)}`);
  const contains = textContains.map((text) => `“${isolated(text)}”`);
  const head = [
    at === undefined ? '' : print('at', at, zone),
    kind,
    first === undefined ? '' : print(main, first, zone),
  ];
  return [...head, ...rest, ...contains].filter((part) => part !== '').join(' ');
}

const worthSaying = ['channel', 'reason', 'until'];

function tellLine(line: Line, zone: string, asked: readonly string[] = []): string {
  const { main, others } = lineKinds[line.kind];
  const fields = [...new Set([...others.filter((field) => worthSaying.includes(field)), ...asked])];
  const rest = fields
    .filter((field) => field !== 'at' && field !== main)
    .map((field) => `${field}=${print(field, line[field] ?? null, zone)}`);
  const first = line[main];
  return [print('at', line.at, zone), line.kind, first === undefined ? '' : print(main, first, zone), ...rest]
    .filter((part) => part !== '')
    .join(' ');
}

function print(field: string, value: Json, zone: string): string {
  if (value === null) return 'none';
  const form = formOf(field);
  if (form === 'instant' && typeof value === 'string') return printMinute(Date.parse(value), zone);
  if (form === 'amount' && typeof value === 'number') return printMoney(value);
  return isolated(typeof value === 'string' ? value.replaceAll('\n', ' ') : JSON.stringify(value));
}

/** `2026-11-21 10:00`, with seconds where there are any. */
function printMinute(instant: number, zone: string): string {
  const { year, month, day, hour, minute, second } = localTime(instant, zone);
  const two = (number: number): string => String(number).padStart(2, '0');
  const seconds = second === 0 ? '' : `:${two(second)}`;
  return `${String(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}${seconds}`;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A terminal that lays out both directions would else reorder what stands around Persian. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
