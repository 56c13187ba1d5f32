import { daysInMonth, type CalendarDate } from './calendar-date.js';
import type { Duration, DurationUnit } from './duration.js';
import type { Calendar, Clock, Instant } from './instant.js';
import { daysInJalaliMonth, gregorianOf, jalaliOf } from './jalali-calendar.js';
import { instantAt, localTime } from './zone.js';

/**
 * Hours and shorter are exact; days and weeks keep the wall-clock time on the clock's zone; months and years keep the day of
 * the month in its calendar, or take the month's last day. `sign` -1 goes back.
 */
export function addDuration(instant: Instant, duration: Duration, clock: Clock, sign: 1 | -1 = 1): Instant {
  const amount = duration.amount * sign;
  const step = steps[duration.unit];
  if (step.by === 'ms') return instant + amount * step.size;
  const local = localTime(instant, clock.zone);
  const date =
    step.by === 'days' ? addDays(local, amount * step.size) : addMonths(local, amount * step.size, clock.calendar);
  return instantAt(date, local, clock.zone);
}

/** The same or another day, so many days on; the day of the month may run over, as `instantAt` allows. */
function addDays({ year, month, day }: CalendarDate, days: number): CalendarDate {
  return { year, month, day: day + days };
}

function addMonths(date: CalendarDate, months: number, calendar: Calendar): CalendarDate {
  // Outside the years that the Jalali calendar is known for, the Gregorian one is the nearest thing.
  return (calendar === 'jalali' ? addJalaliMonths(date, months) : undefined) ?? addGregorianMonths(date, months);
}

function addJalaliMonths(date: CalendarDate, months: number): CalendarDate | undefined {
  const jalali = jalaliOf(date);
  if (jalali === undefined) return undefined;
  const { year, month } = shiftMonth(jalali, months);
  if (year < 1 || year > 3176) return undefined;
  return gregorianOf({ year, month, day: Math.min(jalali.day, daysInJalaliMonth(year, month)) });
}

function addGregorianMonths(date: CalendarDate, months: number): CalendarDate {
  const { year, month } = shiftMonth(date, months);
  return { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}

function shiftMonth({ year, month }: { year: number; month: number }, months: number): { year: number; month: number } {
  const index = year * 12 + (month - 1) + months;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}

const steps: Readonly<Record<DurationUnit, { by: 'ms' | 'days' | 'months'; size: number }>> = {
  second: { by: 'ms', size: 1_000 },
  minute: { by: 'ms', size: 60_000 },
  hour: { by: 'ms', size: 3_600_000 },
  day: { by: 'days', size: 1 },
  week: { by: 'days', size: 7 },
  month: { by: 'months', size: 1 },
  year: { by: 'months', size: 12 },
};
