import { dateOfDay, daysInMonth, type CalendarDate } from './calendar-date.js';
import type { Calendar, Clock, Instant } from './instant.js';
import { daysInJalaliMonth, gregorianOf, jalaliOf } from './jalali-calendar.js';
import { localDay } from './span.js';
import { longNames, week, weekdayOfDay } from './week.js';
import { instantAt, type TimeOfDay, type Weekday } from './zone.js';

/** Each day, each such day of the week, or the first day of each month in the policy's calendar. */
export type Every = 'day' | 'month' | Weekday;

/** `day`, `month`, `thursday`. */
export const everyWords: readonly string[] = ['day', 'month', ...week.map((day) => longNames[day])];

export function parseEvery(text: string): Every | undefined {
  if (text === 'day' || text === 'month') return text;
  return week.find((day) => longNames[day] === text);
}

/** The first time after the instant (not at it). */
export function nextEvery(every: Every, at: TimeOfDay, after: Instant, clock: Clock): Instant {
  // A clock change at midnight may move yesterday's into today.
  for (let day = localDay(after, clock.zone) - 1; ; day++) {
    if (!isDayOf(every, day, clock.calendar)) continue;
    const instant = instantAt(dateOfDay(day), at, clock.zone);
    if (instant > after) return instant;
  }
}

function isDayOf(every: Every, day: number, calendar: Calendar): boolean {
  if (every === 'day') return true;
  if (every !== 'month') return weekdayOfDay(day) === every;
  return inCalendar(dateOfDay(day), calendar).day === 1;
}

/** Outside the years that the Jalali calendar is known for, the Gregorian one is the nearest thing. */
export function inCalendar(date: CalendarDate, calendar: Calendar): CalendarDate {
  return (calendar === 'jalali' ? jalaliOf(date) : undefined) ?? date;
}

export interface Anniversary {
  readonly at: Instant;
  /** At least 1. */
  readonly years: number;
}

/** The first one not before `from`; a day that its month lacks falls on the month's last. */
export function nextAnniversary(
  of: CalendarDate,
  calendar: Calendar,
  at: TimeOfDay,
  from: Instant,
  { zone }: Pick<Clock, 'zone'>,
): Anniversary | undefined {
  const origin = calendar === 'jalali' ? jalaliOf(of) : of;
  if (origin === undefined) return undefined;
  const current = inCalendar(dateOfDay(localDay(from, zone)), calendar).year;
  const first = Math.max(1, current - origin.year - 1);
  for (let years = first; years <= first + 3; years++) {
    const date = sameDay(origin, origin.year + years, calendar);
    if (date === undefined) return undefined;
    const instant = instantAt(date, at, zone);
    if (instant >= from) return { at: instant, years };
  }
  return undefined;
}

function sameDay({ month, day }: CalendarDate, year: number, calendar: Calendar): CalendarDate | undefined {
  if (calendar === 'gregorian') return { year, month, day: Math.min(day, daysInMonth(year, month)) };
  return gregorianOf({ year, month, day: Math.min(day, daysInJalaliMonth(year, month)) });
}

/** The day on which an instant falls, for a date that is kept as its midnight. */
export function dateAt(instant: Instant, { zone }: Pick<Clock, 'zone'>): CalendarDate {
  return dateOfDay(localDay(instant, zone));
}
