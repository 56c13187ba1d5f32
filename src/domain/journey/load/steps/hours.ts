import type { Clock, Instant } from '../../../time/instant.js';
import { nextWorkingTime } from '../../../time/working-hours.js';
import { atTime, endOf, nextOpening, nextTimeOfDay, openAt, type Window } from '../../../time/windows.js';
import { midnight, type TimeOfDay } from '../../../time/zone.js';

/** Which hours a wait ends in: the first such time not before an instant, and the one that a day has. */
export interface Hours {
  next(from: Instant, clock: Clock): Instant;
  /** On the day of the instant, or on the first after it that has such an hour. */
  onDay(day: Instant, clock: Clock): Instant;
}

/** `at: "11:00"`. */
export function atHour(time: TimeOfDay): Hours {
  return {
    next: (from, clock) => nextTimeOfDay(from, time, clock),
    onDay: (day, clock) => atTime(day, time, clock),
  };
}

/** A window's hour on a day is the one at which it opens. */
export function inWindow(window: Window): Hours {
  return {
    next: (from, clock) => nextOpening(from, window, clock),
    onDay: (day, clock) => firstOpening(atTime(day, midnight, clock), window, clock),
  };
}

function firstOpening(start: Instant, window: Window, clock: Clock): Instant {
  const wraps = window.to <= window.from;
  // What is open at midnight has opened on the day before.
  const opened = wraps ? endOf(start, window, clock) : undefined;
  return nextOpening(opened ?? start, window, clock);
}

export const workingHours: Hours = {
  next: nextWorkingTime,
  onDay: (day, clock) => nextWorkingTime(atTime(day, midnight, clock), clock),
};

/** That hour, on a day on which it lies within the others. */
export function atHourWithin(time: TimeOfDay, isWithin: (instant: Instant, clock: Clock) => boolean): Hours {
  const next = (from: Instant, clock: Clock): Instant => {
    const first = nextTimeOfDay(from, time, clock);
    let found = first;
    for (let tried = 0; tried < mostDays; tried += 1) {
      if (isWithin(found, clock)) return found;
      found = nextTimeOfDay(found + 1, time, clock);
    }
    return first;
  };
  return { next, onDay: (day, clock) => next(atTime(day, midnight, clock), clock) };
}

export function isOpen(window: Window): (instant: Instant, clock: Clock) => boolean {
  return (instant, clock) => openAt(instant, window, clock);
}

export function isWorkingTime(instant: Instant, clock: Clock): boolean {
  return nextWorkingTime(instant, clock) === instant;
}

/** Longer than anybody closes. */
const mostDays = 400;
