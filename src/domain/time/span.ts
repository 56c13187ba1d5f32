import { dayLength } from './calendar-date.js';
import type { Hours } from './hours.js';
import type { Instant } from './instant.js';
import { instantOfWall, wallOf } from './zone.js';

/** From an instant, included, to another, excluded. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Hours on a day (in days since 1970); a clock change may leave nothing of them, and `to` before `from`. */
export function spanOf(day: number, { from, to }: Hours, zone: string): Span {
  const midnight = day * dayLength;
  return { from: instantOfWall(midnight + from * minute, zone), to: instantOfWall(midnight + to * minute, zone) };
}

/** The day that a wall calendar shows, in days since 1970. */
export function localDay(instant: Instant, zone: string): number {
  return Math.floor(wallOf(instant, zone) / dayLength);
}

export const minute = 60_000;
