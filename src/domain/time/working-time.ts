import { dayLength } from './calendar-date.js';
import type { Hours } from './hours.js';
import type { Instant } from './instant.js';
import { localDay, minute } from './span.js';
import { hoursOn, mostIdleDays, spansOn, type WorkingHours } from './working-hours.js';
import { instantOfWall, wallOf } from './zone.js';

/** The same hour on the n-th following (or earlier) day that has working hours, moved to their nearest edge. */
export function addWorkingDays(
  instant: Instant,
  amount: number,
  sign: 1 | -1,
  working: WorkingHours,
  zone: string,
): Instant {
  const wall = wallOf(instant, zone);
  const today = Math.floor(wall / dayLength);
  const timeOfDay = wall - today * dayLength;
  const day = workingDay(today, amount, sign, working);
  if (day === undefined) return instantOfWall(wall + sign * amount * dayLength, zone);
  return instantOfWall(day * dayLength + moveInside(timeOfDay, hoursOn(day, working)), zone);
}

/** Undefined where nobody works for longer than anybody closes. */
function workingDay(today: number, amount: number, sign: 1 | -1, working: WorkingHours): number | undefined {
  let [left, idle, day] = [amount, 0, today];
  while (left > 0) {
    if (idle > mostIdleDays) return undefined;
    day += sign;
    const works = hoursOn(day, working).length > 0;
    idle = works ? 0 : idle + 1;
    if (works) left -= 1;
  }
  return day;
}

/** Of two edges as near, the earlier. */
function moveInside(timeOfDay: number, hours: readonly Hours[]): number {
  let [best, distance] = [timeOfDay, Infinity];
  for (const { from, to } of hours) {
    const inside = Math.min(Math.max(timeOfDay, from * minute), to * minute);
    if (Math.abs(inside - timeOfDay) < distance) [best, distance] = [inside, Math.abs(inside - timeOfDay)];
  }
  return best;
}

/** When so many hours have been worked since (with sign -1: were worked until then). */
export function addWorkingHours(
  instant: Instant,
  amount: number,
  sign: 1 | -1,
  working: WorkingHours,
  zone: string,
): Instant {
  let [left, idle, day] = [amount * hour, 0, localDay(instant, zone)];
  while (idle <= mostIdleDays) {
    const spans = spansOn(day, working, zone);
    for (const { from, to } of sign === 1 ? spans : spans.toReversed()) {
      const [start, end] = sign === 1 ? [Math.max(from, instant), to] : [from, Math.min(to, instant)];
      if (start >= end) continue;
      if (left <= end - start) return sign === 1 ? start + left : end - left;
      left -= end - start;
    }
    idle = spans.length > 0 ? 0 : idle + 1;
    day += sign;
  }
  return instant + sign * amount * hour;
}

const hour = 60 * minute;
