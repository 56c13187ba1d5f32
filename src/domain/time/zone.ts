import { dayOfDate, type CalendarDate } from './calendar-date.js';
import type { Instant } from './instant.js';
import { ZoneOffsets } from './zone-offsets.js';

export type Weekday = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';

/** A time of day on somebody's wall. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

/** A wall clock's reading in milliseconds, as if it were UTC. */
export type Wall = number;

/** What a wall calendar (Gregorian) and clock show. */
export interface LocalTime extends CalendarDate, TimeOfDay {
  readonly weekday: Weekday;
}

export const midnight: TimeOfDay = { hour: 0, minute: 0, second: 0, ms: 0 };

/** Whether the name is an IANA time zone. */
export function isZone(name: string): boolean {
  try {
    offsetsOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Throws RangeError for a name that is no zone (ask `isZone` first). */
export function localTime(instant: Instant, zone: string): LocalTime {
  const wall = new Date(wallOf(instant, zone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    ms: wall.getUTCMilliseconds(),
    weekday: weekdays[wall.getUTCDay()] ?? 'sun',
  };
}

/**
 * The instant at which a wall clock shows that time. One that a clock change skips is taken after the gap by its length;
 * one that occurs twice, the first time. A month or day past its end runs over into the next, as with `Date`.
 */
export function instantAt(date: CalendarDate, time: TimeOfDay, zone: string): Instant {
  return instantOn(dayOfDate(date), time, zone);
}

/** The same on a day that is given in days since 1970. */
export function instantOn(dayNumber: number, { hour, minute, second, ms }: TimeOfDay, zone: string): Instant {
  return instantOfWall(dayNumber * day + ((hour * 60 + minute) * 60 + second) * 1_000 + ms, zone);
}

/** What a wall clock shows, in milliseconds as if it were UTC. Throws RangeError for a name that is no zone. */
export function wallOf(instant: Instant, zone: string): Wall {
  return instant + offsetsOf(zone).at(instant);
}

/** The other way round, with what `instantAt` says of gaps and doubles. */
export function instantOfWall(wall: Wall, zone: string): Instant {
  const offsets = offsetsOf(zone);
  // A day away on either side is beyond any offset, so these are the offsets before and after a change near that time.
  const before = offsets.at(wall - day);
  const early = wall - before;
  if (offsets.at(early) === before) return early;
  const after = offsets.at(wall + day);
  const late = wall - after;
  return offsets.at(late) === after ? late : early;
}

function offsetsOf(zone: string): ZoneOffsets {
  if (zone === last.zone) return last.offsets;
  const offsets = known.get(zone) ?? new ZoneOffsets(zone);
  if (known.size >= zonesKept) known.clear();
  known.set(zone, offsets);
  last = { zone, offsets };
  return offsets;
}

const day = 86_400_000;
const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

// Offsets are facts, so that keeping them changes no answer. More spellings than zones exist would be somebody's mischief.
const zonesKept = 600;
const known = new Map<string, ZoneOffsets>();
let last = { zone: 'UTC', offsets: new ZoneOffsets('UTC') };
