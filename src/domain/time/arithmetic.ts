import { dateOfDay, dayLength, dayOfDate, daysInMonth, type CalendarDate } from './calendar-date.js';
import type { Duration, DurationUnit } from './duration.js';
import type { Calendar, Clock, Instant } from './instant.js';
import { daysInJalaliMonth, gregorianOf, jalaliOf } from './jalali-calendar.js';
import { instantOfWall, wallOf } from './zone.js';

/**
 * Hours and shorter are exact; days and weeks keep the wall-clock time on the clock's zone; months and years keep the day of
 * the month in its calendar, or take the month's last day. `sign` -1 goes back.
 */
export function addDuration(instant: Instant, duration: Duration, clock: Clock, sign: 1 | -1 = 1): Instant {
  const amount = duration.amount * sign;
  const step = steps[duration.unit];
  if (step.by === 'ms') return instant + amount * step.size;
  const wall = wallOf(instant, clock.zone);
  const days =
    step.by === 'days'
      ? amount * step.size
      : daysInMonths(Math.floor(wall / dayLength), amount * step.size, clock.calendar);
  return instantOfWall(wall + days * dayLength, clock.zone);
}

/** How many days these months make, counted from this day (in days since 1970). */
function daysInMonths(day: number, months: number, calendar: Calendar): number {
  // What a batch decides is mostly of one day.
  if (day !== counted.day || months !== counted.months || calendar !== counted.calendar) {
    const target = addMonths(dateOfDay(day), months, calendar);
    counted = { day, months, calendar, days: dayOfDate(target) - day };
  }
  return counted.days;
}
let counted: { day: number; months: number; calendar: Calendar; days: number } = {
  day: NaN,
  months: 0,
  calendar: 'jalali',
  days: 0,
};

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
