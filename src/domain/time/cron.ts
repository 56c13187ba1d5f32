import { dateOfDay, dayLength, dayOfDate } from './calendar-date.js';
import { cronFields, parseCronField } from './cron-field.js';
import type { Instant } from './instant.js';
import { localDay, minute } from './span.js';
import { instantOfWall, wallOf } from './zone.js';

/** POSIX's five fields, ready to be asked; the months are Gregorian. */
export interface Cron {
  /** Of the day, in order. */
  readonly minutes: readonly number[];
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** Sunday is 0. */
  readonly daysOfWeek: ReadonlySet<number>;
  /** Where both kinds of days are restricted, a day of either will do. */
  readonly either: boolean;
}

/** `0 18 1,15 * *`, or what is wrong with it, as a sentence without its full stop. */
export function parseCron(text: string): Cron | string {
  const written = text.trim().split(/\s+/);
  if (written.length !== cronFields.length) {
    return `"${text}" is no cron; expected five fields (minute, hour, day of the month, month, day of the week), such as "0 18 1,15 * *"`;
  }
  const sets: ReadonlySet<number>[] = [];
  for (const [place, field] of cronFields.entries()) {
    const found = parseCronField(written[place] ?? '', field);
    if (typeof found === 'string') return found;
    sets.push(found);
  }
  const cron = cronOf(sets, isRestricted(written[2]) && isRestricted(written[4]));
  return everComes(cron) ? cron : `"${text}" never comes; there is no such day in any year`;
}

function cronOf(sets: readonly ReadonlySet<number>[], either: boolean): Cron {
  const [minutes = none, hours = none, daysOfMonth = none, months = none, daysOfWeek = none] = sets;
  const ofDay = [...hours].flatMap((hour) => [...minutes].map((one) => hour * 60 + one));
  return {
    minutes: ofDay.sort((a, b) => a - b),
    daysOfMonth,
    months,
    daysOfWeek: new Set([...daysOfWeek].map((day) => day % 7)),
    either,
  };
}

/** As every cron does it, steps through all days are no restriction. */
function isRestricted(field: string | undefined): boolean {
  return field?.startsWith('*') === false;
}

function everComes(cron: Cron): boolean {
  return nextDay(cron, dayOfDate({ year: 2000, month: 1, day: 1 })) !== undefined;
}

/**
 * The first time after the instant (not at it). A local time that a clock change skips comes after the gap, one that
 * occurs twice the first time only.
 */
export function nextCron(cron: Cron, after: Instant, zone: string): Instant | undefined {
  // A gap at midnight moves times of the day before into this one.
  let day = nextDay(cron, localDay(after, zone) - 1);
  while (day !== undefined) {
    const found = firstOn(day, cron, after, zone);
    // The same gap may move a time behind the next day's first.
    if (found !== undefined) return Math.min(found, firstOn(day + 1, cron, after, zone) ?? Infinity);
    day = nextDay(cron, day + 1);
  }
  return undefined;
}

function firstOn(day: number, cron: Cron, after: Instant, zone: string): Instant | undefined {
  if (!isDay(cron, day)) return undefined;
  const start = day * dayLength;
  const [opens, closes] = [instantOfWall(start, zone), instantOfWall(start + dayLength, zone)];
  const offset = wallOf(opens, zone) - opens;
  if (closes - opens === dayLength && wallOf(closes, zone) - closes === offset) {
    const first = cron.minutes.find((one) => opens + one * minute > after);
    return first === undefined ? undefined : opens + first * minute;
  }
  const later = cron.minutes.map((one) => instantOfWall(start + one * minute, zone)).filter((at) => at > after);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** This day or the first one after it; undefined where none comes. */
function nextDay(cron: Cron, from: number): number | undefined {
  for (let day = from; day <= from + farthest; day++) {
    if (isDay(cron, day)) return day;
  }
  return undefined;
}

function isDay({ months, daysOfMonth, daysOfWeek, either }: Cron, day: number): boolean {
  const { month, day: ofMonth } = dateOfDay(day);
  if (!months.has(month)) return false;
  const [byMonth, byWeek] = [daysOfMonth.has(ofMonth), daysOfWeek.has((((day + 4) % 7) + 7) % 7)];
  return either ? byMonth || byWeek : byMonth && byWeek;
}

/** A 29 February that is a certain day of the week comes at least once in 40 years. */
const farthest = 40 * 366;
const none: ReadonlySet<number> = new Set();
