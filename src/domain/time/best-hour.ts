import type { Clock, Instant } from './instant.js';
import { localTime, midnight } from './zone.js';
import { nextTimeOfDay } from './windows.js';

/**
 * The next start of the hour of the day in which most of these came, the earlier of equals; undefined where they are too
 * few to tell.
 */
export function bestHour(times: readonly Instant[], now: Instant, clock: Pick<Clock, 'zone'>): Instant | undefined {
  if (times.length < fewest) return undefined;
  const counts = new Array<number>(24).fill(0);
  for (const time of times) {
    const { hour } = localTime(time, clock.zone);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  return nextTimeOfDay(now, { ...midnight, hour: counts.indexOf(Math.max(...counts)) }, clock);
}

const fewest = 3;
