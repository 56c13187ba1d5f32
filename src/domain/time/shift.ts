import { addDuration } from './arithmetic.js';
import type { Duration } from './duration.js';
import type { Clock, Instant } from './instant.js';
import type { TimeOfDay } from './zone.js';
import { atTime } from './windows.js';

/** Only an offset may go back: `-3 days`. */
export interface Offset {
  readonly duration: Duration;
  readonly sign: 1 | -1;
}

/** `{ offset: -3 days, at: "10:00" }`: the day is moved first, then the hour on it is set. */
export interface Shift {
  readonly offset?: Offset | undefined;
  readonly at?: TimeOfDay | undefined;
}

export function shiftInstant(base: Instant, { offset, at }: Shift, clock: Clock): Instant {
  const moved = offset === undefined ? base : addDuration(base, offset.duration, clock, offset.sign);
  return at === undefined ? moved : atTime(moved, at, clock);
}
