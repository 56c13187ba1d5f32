import { isValidJalaaliDate, jalaaliMonthLength, toGregorian, toJalaali } from 'jalaali-js';
import type { CalendarDate } from './calendar-date.js';

/** A day in the Jalali (Solar Hijri) calendar; months and days count from 1. */
export interface JalaliDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The Jalali date of a Gregorian one; undefined outside the years that its leap years are known for (560 to 3798). */
export function jalaliOf({ year, month, day }: CalendarDate): JalaliDate | undefined {
  if (year <= 560 || year >= 3798) return undefined;
  const { jy, jm, jd } = toJalaali(year, month, day);
  return { year: jy, month: jm, day: jd };
}

/** The Gregorian date of a Jalali one; undefined for what is no day there. */
export function gregorianOf({ year, month, day }: JalaliDate): CalendarDate | undefined {
  if (year < 1 || year > 3176 || !isValidJalaaliDate(year, month, day)) return undefined;
  const { gy, gm, gd } = toGregorian(year, month, day);
  return { year: gy, month: gm, day: gd };
}

/** Days of a month, 29 to 31. */
export function daysInJalaliMonth(year: number, month: number): number {
  return jalaaliMonthLength(year, month);
}
