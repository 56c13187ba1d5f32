import type { Field, Kind } from '../expression/kind.js';
import { isJsonObject } from '../json.js';
import { parseDate, parseTime } from '../time/date.js';
import { jalaliSlip } from '../time/jalali-slip.js';

/** Something in an event's data or a customer's attributes that does not fit: its place (`data.cost`) and what is wrong. */
export interface Fault {
  readonly place: string;
  readonly message: string;
}

/** Whether a value fits. With `faults` it also says what does not; without, it allocates nothing. */
export type Check = (value: unknown, place: string, faults: Fault[] | undefined) => boolean;

/** `patch`: null removes and everything may be left out, as in a JSON Merge Patch. */
export function checkFor(kind: Kind, patch = false): Check {
  switch (kind.kind) {
    case 'list':
      return checkList(checkFor(kind.of));
    case 'record':
      return checkRecord(kind.fields, patch);
    case 'any':
    case 'unknown':
    case 'duration':
      return () => true;
    default:
      return checkPlain(fits[kind.kind], named[kind.kind]);
  }
}

function checkPlain(fit: (value: unknown) => boolean, expected: string): Check {
  return (value, place, faults) => {
    if (fit(value)) return true;
    const slip = typeof value === 'string' && expected === named.time ? jalaliSlip(value) : '';
    faults?.push({ place, message: `expected ${expected}, got ${printValue(value)}${slip}` });
    return false;
  };
}

function checkList(checkItem: Check): Check {
  return (value, place, faults) => {
    if (!Array.isArray(value)) return refuse(faults, place, 'a list', value);
    let good = true;
    for (let at = 0; at < value.length; at += 1) {
      good = checkItem(value[at], faults === undefined ? '' : `${place}[${String(at)}]`, faults) && good;
    }
    return good;
  };
}

function checkRecord(fields: Readonly<Record<string, Field>>, patch: boolean): Check {
  const checks = Object.entries(fields).map(([name, { kind, optional }]) => checkField(name, kind, optional, patch));
  return (value, place, faults) => {
    if (!isJsonObject(value)) return refuse(faults, place, 'an object', value);
    let good = true;
    for (const check of checks) good = check(value, place, faults) && good;
    return good;
  };
}

function checkField(name: string, kind: Kind, optional: boolean, patch: boolean): Check {
  const check = checkFor(kind, patch);
  const mayBeLeftOut = optional || patch;
  return (record, place, faults) => {
    const value = isJsonObject(record) && Object.hasOwn(record, name) ? record[name] : undefined;
    const path = faults === undefined ? '' : `${place}.${name}`;
    if (value !== undefined && value !== null) return check(value, path, faults);
    if (mayBeLeftOut) return true;
    faults?.push({ place: path, message: `is missing; expected ${printKind(kind)}` });
    return false;
  };
}

function refuse(faults: Fault[] | undefined, place: string, expected: string, value: unknown): false {
  faults?.push({ place, message: `expected ${expected}, got ${printValue(value)}` });
  return false;
}

/** As it is in the event, but short. */
export function printValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'an object';
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function printKind(kind: Kind): string {
  if (kind.kind === 'list') return 'a list';
  if (kind.kind === 'record') return 'an object';
  return kind.kind in named ? named[kind.kind as PlainKind] : 'a value';
}

type PlainKind = 'text' | 'integer' | 'number' | 'money' | 'boolean' | 'time' | 'date';

const fits: Readonly<Record<PlainKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  money: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
  time: (value) => typeof value === 'string' && parseTime(value) !== undefined,
  date: (value) => typeof value === 'string' && parseDate(value) !== undefined,
};

const named: Readonly<Record<PlainKind, string>> = {
  text: 'text',
  integer: 'a whole number',
  number: 'a number',
  money: 'money (a whole number of rials: 20000 toman is 200000)',
  boolean: 'true or false',
  time: 'a time (ISO 8601 with an offset, such as "2026-12-21T18:00:00+03:30")',
  date: 'a date (such as "2026-12-21" or "1405-09-30")',
};
