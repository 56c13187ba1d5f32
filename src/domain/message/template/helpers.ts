import { parseDateAsMidnight, parseTime } from '../../time/date.js';
import { toPersianDigits } from '../../time/digits.js';
import type { Clock, Instant } from '../../time/instant.js';
import { datePatternProblem, printDate, printTimeOfDay } from '../../time/jalali.js';
import { describe } from './value-text.js';

/** Turns links into what the message carries, and says where a customer unsubscribes. */
export interface Links {
  link(target: string): string;
  unsubscribe(): string;
}

/** What helpers print by. */
export interface HelperScope {
  readonly clock: Clock;
  readonly links: Links;
}

/** A helper was given something that it cannot print. */
export class HelperError extends Error {}

/** What an argument has to be: `moment` is a time or a date, `printable` anything with one plain form. */
export type Wanted = 'amount' | 'moment' | 'time' | 'printable' | 'pattern' | 'url' | 'anything';

export interface Helper {
  readonly wants: readonly Wanted[];
  /** How many of them may be left out, from the end. */
  readonly spare: number;
  /** Whether it is for values that are absent. */
  readonly takesAbsent: boolean;
  run(args: readonly unknown[], scope: HelperScope): unknown;
}

export const helpers: ReadonlyMap<string, Helper> = new Map([
  ['toman', helper(['amount'], ([rials]) => `${printAmount(amountOf(rials) / 10)} تومان`)],
  ['rial', helper(['amount'], ([rials]) => `${printAmount(amountOf(rials))} ریال`)],
  ['fa_digits', helper(['printable'], ([value]) => toPersianDigits(plainOf(value)))],
  ['jalali', helper(['moment', 'pattern'], ([value, pattern], scope) => printJalali(value, pattern, scope), 1)],
  ['time', helper(['time'], ([value], { clock }) => printTimeOfDay(momentOf(value, clock), clock))],
  ['link', helper(['url'], ([target], { links }) => links.link(urlOf(target)))],
  ['unsubscribe', helper([], (_, { links }) => links.unsubscribe())],
  ['default', { ...helper(['anything', 'anything'], ([value, otherwise]) => value ?? otherwise), takesAbsent: true }],
]);

/** What is wrong with a web address; undefined when nothing is. */
export function urlProblem(text: string): string | undefined {
  const isWeb = /^https?:\/\//i.test(text) && URL.canParse(text);
  return isWeb ? undefined : `"${text}" is no web address; expected one such as https://example.com/a`;
}

function helper(wants: readonly Wanted[], run: Helper['run'], spare = 0): Helper {
  return { wants, spare, takesAbsent: false, run };
}

function printJalali(value: unknown, pattern: unknown, { clock }: HelperScope): string {
  if (pattern !== undefined && typeof pattern !== 'string')
    throw new HelperError(`a pattern is a text, not ${describe(pattern)}`);
  const printed = printDate(momentOf(value, clock), clock, pattern);
  if (printed !== undefined) return printed;
  throw new HelperError(datePatternProblem(pattern ?? '') ?? 'the year is too far away for the Jalali calendar');
}

function amountOf(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.floor(value);
  throw new HelperError(`expected an amount in rials, got ${describe(value)}`);
}

function plainOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new HelperError(`expected a text or a number, got ${describe(value)}`);
}

function momentOf(value: unknown, { zone }: Clock): Instant {
  const moment = typeof value === 'string' ? (parseTime(value) ?? parseDateAsMidnight(value, zone)) : undefined;
  if (moment !== undefined) return moment;
  const got = typeof value === 'string' ? `"${value.slice(0, 40)}"` : describe(value);
  throw new HelperError(`expected a time (ISO 8601 with an offset) or a date, got ${got}`);
}

function urlOf(value: unknown): string {
  const problem = typeof value === 'string' ? urlProblem(value) : `expected a web address, got ${describe(value)}`;
  if (problem !== undefined) throw new HelperError(problem);
  return String(value);
}

function printAmount(value: number): string {
  return amounts.format(value);
}

const amounts = new Intl.NumberFormat('fa-IR', { maximumFractionDigits: 1 });
