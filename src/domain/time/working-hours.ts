import { dateOfDay, type CalendarDate } from './calendar-date.js';
import type { Hours } from './hours.js';
import type { Clock, Instant } from './instant.js';
import { localDay, spanOf, type Span } from './span.js';
import { weekdayOfDay } from './week.js';
import type { Weekday } from './zone.js';

/** When the business works. */
export interface WorkingHours {
  /** Of each day of the week, in order, not overlapping, none past midnight. */
  readonly days: Readonly<Record<Weekday, readonly Hours[]>>;
  /** Occasions on whose days nobody works. */
  readonly closed: readonly string[];
  isClosed(day: CalendarDate): boolean;
}

/** So many days without an hour of work are no longer looked through. */
export const mostIdleDays = 400;

/** The instant itself if it lies within working hours, else their next opening; with none at all, the instant. */
export function nextWorkingTime(instant: Instant, { zone, working }: Clock): Instant {
  if (working === undefined) return instant;
  const today = localDay(instant, zone);
  for (let day = today; day <= today + mostIdleDays; day++) {
    const span = spansOn(day, working, zone).find(({ to }) => to > instant);
    if (span !== undefined) return Math.max(span.from, instant);
  }
  return instant;
}

/** The working hours of a day, counted since 1970; none where it is closed. */
export function hoursOn(day: number, working: WorkingHours): readonly Hours[] {
  const hours = working.days[weekdayOfDay(day)];
  return hours.length === 0 || working.isClosed(dateOfDay(day)) ? [] : hours;
}

export function spansOn(day: number, working: WorkingHours, zone: string): readonly Span[] {
  return hoursOn(day, working)
    .map((hours) => spanOf(day, hours, zone))
    .filter(({ from, to }) => from < to);
}
