import { dateOfDay, dayLength, dayOfDate, daysInMonth, type CalendarDate } from './calendar-date.js';
import type { Duration, DurationUnit } from './duration.js';
import type { Calendar, Clock, Instant } from './instant.js';
import { daysInJalaliMonth, gregorianOf, jalaliOf } from './jalali-calendar.js';
import { addWorkingDays, addWorkingHours } from './working-time.js';
import { instantOfWall, wallOf } from './zone.js';

/**
 * Hours and shorter are exact; days and weeks keep the wall-clock time on the clock's zone; months and years keep the day of
 * the month in its calendar, or take the month's last day. Working hours count only while they last, working days only if
 * they have some; without any on the clock they are hours and days like others. `sign` -1 goes back.
 */
export function addDuration(instant: Instant, duration: Duration, clock: Clock, sign: 1 | -1 = 1): Instant {
  const amount = duration.amount * sign;
  const step = steps[duration.unit];
  if (step.by === 'ms') return instant + amount * step.size;
  if (step.by === 'working') return addWorking(instant, amount, duration.unit, clock);
  const wall = wallOf(instant, clock.zone);
  const days =
    step.by === 'days'
      ? amount * step.size
      : daysInMonths(Math.floor(wall / dayLength), amount * step.size, clock.calendar);
  return instantOfWall(wall + days * dayLength, clock.zone);
}

function addWorking(instant: Instant, amount: number, unit: DurationUnit, clock: Clock): Instant {
  const { zone, working } = clock;
  const sign = amount < 0 ? -1 : 1;
  if (working === undefined) {
    return addDuration(instant, { amount, unit: unit === 'working hour' ? 'hour' : 'day' }, clock);
  }
  return unit === 'working hour'
    ? addWorkingHours(instant, Math.abs(amount), sign, working, zone)
    : addWorkingDays(instant, Math.abs(amount), sign, working, zone);
}

/** How many days these months make, counted from this day (in days since 1970). */
function daysInMonths(day: number, months: number, calendar: Calendar): number {
  // What a batch decides is of few days.
  const known = counted[calendar];
  const place = day * mostMonths + months;
  let days = known.get(place);
  if (days === undefined) {
    days = dayOfDate(addMonths(dateOfDay(day), months, calendar)) - day;
    if (known.size >= countsKept) known.clear();
    known.set(place, days);
  }
  return days;
}
/** More than a thousand years there and back, so that no two places are one. */
const mostMonths = 100_000;
const countsKept = 1_000;
const counted: Readonly<Record<Calendar, Map<number, number>>> = { jalali: new Map(), gregorian: new Map() };

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

const steps: Readonly<Record<DurationUnit, { by: 'ms' | 'days' | 'months' | 'working'; size: number }>> = {
  second: { by: 'ms', size: 1_000 },
  minute: { by: 'ms', size: 60_000 },
  hour: { by: 'ms', size: 3_600_000 },
  day: { by: 'days', size: 1 },
  week: { by: 'days', size: 7 },
  month: { by: 'months', size: 1 },
  year: { by: 'months', size: 12 },
  'working hour': { by: 'working', size: 1 },
  'working day': { by: 'working', size: 1 },
};
