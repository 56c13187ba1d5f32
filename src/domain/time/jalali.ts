import { toPersianDigits } from './digits.js';
import type { Clock, Instant } from './instant.js';
import { jalaliOf, type JalaliDate } from './jalali-calendar.js';
import { localTime, type LocalTime, type Weekday } from './zone.js';

export { daysInJalaliMonth, gregorianOf, jalaliOf, type JalaliDate } from './jalali-calendar.js';

export const jalaliMonths: readonly string[] = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'آبان',
  'آذر',
  'دی',
  'بهمن',
  'اسفند',
];

export const persianWeekdays: Readonly<Record<Weekday, string>> = {
  sat: 'شنبه',
  sun: 'یکشنبه',
  mon: 'دوشنبه',
  tue: 'سه‌شنبه',
  wed: 'چهارشنبه',
  thu: 'پنجشنبه',
  fri: 'جمعه',
};

/** The Jalali day on that clock; undefined far outside the years that the calendar is known for. */
export function jalaliDate(instant: Instant, clock: Pick<Clock, 'zone'>): JalaliDate | undefined {
  return jalaliOf(localTime(instant, clock.zone));
}

/**
 * `۳۰ آذر ۱۴۰۵`, or by a pattern of `yyyy yy MMMM MM M dd d EEEE HH H mm`: `yyyy/MM/dd` gives `۱۴۰۵/۰۹/۳۰`.
 * Undefined for a pattern that is none (`datePatternProblem` says why) or a year that the calendar is not known for.
 */
export function printDate(instant: Instant, clock: Pick<Clock, 'zone'>, pattern = 'd MMMM yyyy'): string | undefined {
  const local = localTime(instant, clock.zone);
  const date = jalaliOf(local);
  if (date === undefined) return undefined;
  const unknown: string[] = [];
  const filled = pattern.replace(letters, (part) => {
    const token = Object.hasOwn(tokens, part) ? tokens[part] : undefined;
    if (token === undefined) unknown.push(part);
    return token?.(date, local) ?? part;
  });
  return unknown.length === 0 ? toPersianDigits(filled) : undefined;
}

/** `۱۸:۰۰`. */
export function printTimeOfDay(instant: Instant, clock: Pick<Clock, 'zone'>): string {
  const { hour, minute } = localTime(instant, clock.zone);
  return toPersianDigits(`${padded(hour)}:${padded(minute)}`);
}

/** What is wrong with a pattern, as a sentence without its full stop; undefined when nothing is. */
export function datePatternProblem(pattern: string): string | undefined {
  const unknown = (pattern.match(letters) ?? []).find((part) => !Object.hasOwn(tokens, part));
  if (unknown === undefined) return undefined;
  return `"${unknown}" is no part of a date pattern; expected ${Object.keys(tokens).join(', ')}`;
}

const letters = /([A-Za-z])\1*/g;

const tokens: Readonly<Record<string, (date: JalaliDate, local: LocalTime) => string>> = {
  yyyy: ({ year }) => String(year).padStart(4, '0'),
  yy: ({ year }) => padded(year % 100),
  MMMM: ({ month }) => jalaliMonths[month - 1] ?? '',
  MM: ({ month }) => padded(month),
  M: ({ month }) => String(month),
  dd: ({ day }) => padded(day),
  d: ({ day }) => String(day),
  EEEE: (_, { weekday }) => persianWeekdays[weekday],
  HH: (_, { hour }) => padded(hour),
  H: (_, { hour }) => String(hour),
  mm: (_, { minute }) => padded(minute),
};

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
