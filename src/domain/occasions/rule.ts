import { dateOfDay, dayOfDate, daysInMonth } from '../time/calendar-date.js';
import { dayOfHijri, hijriOfDay } from '../time/hijri.js';
import type { Calendar } from '../time/instant.js';
import { daysInJalaliMonth, gregorianOf, jalaliOf } from '../time/jalali-calendar.js';

/** The days of one occurrence, in days since 1970, both included. */
export interface Days {
  readonly first: number;
  readonly last: number;
}

/** When an occasion is. */
export type Rule =
  | { readonly kind: 'yearly'; readonly calendar: Calendar; readonly on: MonthDay; readonly days: number }
  /** A listed day takes the place of a computed one near it. */
  | { readonly kind: 'lunar'; readonly on: MonthDay; readonly days: number; readonly listed: readonly number[] }
  /** In order. */
  | { readonly kind: 'listed'; readonly spans: readonly Days[] };

export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** Within so many days of a computed lunar day, or of a day that was moved, it is the same occurrence. */
export const nearDays = 15;

/** The occurrences that are not over before a day, in order: all that are listed, of yearly ones those of some years. */
export function occurrencesFrom(rule: Rule, day: number): readonly Days[] {
  return allFrom(rule, day).filter(({ last }) => last >= day);
}

function allFrom(rule: Rule, day: number): readonly Days[] {
  switch (rule.kind) {
    case 'yearly':
      return lasting(yearly(rule.calendar, rule.on, day), rule.days);
    case 'lunar':
      return lasting(lunar(rule.on, rule.listed, day), rule.days);
    case 'listed':
      return rule.spans;
  }
}

function lasting(firsts: readonly number[], days: number): readonly Days[] {
  return firsts.map((first) => ({ first, last: first + days - 1 }));
}

function yearly(calendar: Calendar, on: MonthDay, day: number): readonly number[] {
  const date = dateOfDay(day);
  const year = (calendar === 'jalali' ? jalaliOf(date) : date)?.year;
  if (year === undefined) return [];
  return yearsFrom(year).flatMap((one) => dayInYear(calendar, one, on) ?? []);
}

/** A day that the month lacks in that year is the month's last. */
function dayInYear(calendar: Calendar, year: number, { month, day }: MonthDay): number | undefined {
  if (calendar === 'gregorian') return dayOfDate({ year, month, day: Math.min(day, daysInMonth(year, month)) });
  const date = gregorianOf({ year, month, day: Math.min(day, daysInJalaliMonth(year, month)) });
  return date && dayOfDate(date);
}

function lunar(on: MonthDay, listed: readonly number[], day: number): readonly number[] {
  const { year } = hijriOfDay(day);
  const computed = yearsFrom(year).map((one) => dayOfHijri({ ...on, year: one }));
  const others = computed.filter((one) => listed.every((other) => Math.abs(one - other) > nearDays));
  return [...listed, ...others].sort((a, b) => a - b);
}

/** One before, as an occasion may last into the next year; enough after for any closed season to be over. */
function yearsFrom(year: number): readonly number[] {
  return [-1, 0, 1, 2, 3, 4].map((more) => year + more);
}
