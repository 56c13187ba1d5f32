import { addDuration } from '../time/arithmetic.js';
import { dayLength } from '../time/calendar-date.js';
import type { Clock, Instant } from '../time/instant.js';
import type { Cap } from './policy.js';

/**
 * The first instant, not before `now`, at which every cap has room: fewer than so many of the counted messages (their
 * instants, oldest first) in the time before it. `now` itself where there is room already.
 */
export function roomFor(caps: readonly Cap[], counted: readonly Instant[], now: Instant, clock: Clock): Instant {
  let at = now;
  // A later instant has as much room or more, so that the latest of all caps suits each.
  for (const cap of caps) at = Math.max(at, roomIn(cap, counted, now, clock));
  return at;
}

function roomIn(cap: Cap, counted: readonly Instant[], now: Instant, clock: Clock): Instant {
  if (hasRoom(cap, counted, now, clock)) return now;
  const leaves = counted[counted.length - cap.messages];
  if (leaves === undefined) return now;
  let late = addDuration(leaves, cap.per, clock);
  for (let days = 0; days < 40 && !hasRoom(cap, counted, late, clock); days += 1) late += dayLength;
  return firstWithRoom(cap, counted, now, late, clock);
}

/** (at − per, at]. */
function hasRoom({ messages, per }: Cap, counted: readonly Instant[], at: Instant, clock: Clock): boolean {
  if (counted.length < messages) return true;
  const from = addDuration(at, per, clock, -1);
  let inside = 0;
  for (const one of counted) if (one > from && one <= at) inside += 1;
  return inside < messages;
}

/** Those of the counted messages that fill this cap now. */
export function countedIn({ per }: Cap, counted: readonly Instant[], now: Instant, clock: Clock): readonly Instant[] {
  const from = addDuration(now, per, clock, -1);
  return counted.filter((one) => one > from && one <= now);
}

/** Months differ in length and clocks change, so that there and back again is not exact: the edge itself is looked for. */
function firstWithRoom(
  cap: Cap,
  counted: readonly Instant[],
  without: Instant,
  withRoom: Instant,
  clock: Clock,
): Instant {
  if (!hasRoom(cap, counted, withRoom - 1, clock)) return withRoom;
  let [low, high] = [without, withRoom];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (hasRoom(cap, counted, middle, clock)) high = middle;
    else low = middle;
  }
  return high;
}
