import { isCalendarDate, type CalendarDate } from './calendar-date.js';
import { gregorianOf } from './jalali-calendar.js';
import { toAsciiDigits } from './digits.js';
import type { Instant } from './instant.js';
import { instantAt, midnight } from './zone.js';

export type { CalendarDate } from './calendar-date.js';

/** `2026-12-21`, or in the Jalali calendar `1405-09-30` (a year below 1700); undefined for what is no such day. */
export function parseDate(text: string): CalendarDate | undefined {
  const [, year, month, day] = dateShape.exec(text) ?? [];
  if (year === undefined) return undefined;
  const written = { year: Number(year), month: Number(month), day: Number(day) };
  if (written.year < firstGregorianYear) return gregorianOf(written);
  return isCalendarDate(written) ? written : undefined;
}

/** What somebody meant who wrote `1405/9/1` or `۱۴۰۵-۰۹-۰۱`: as it is written here; undefined for what comes near no day. */
export function nearestDate(text: string): string | undefined {
  const near = toAsciiDigits(text)
    .replace(/\b\d\b/g, '0$&')
    .replaceAll('/', '-');
  return near === text || parseDate(near) === undefined ? undefined : near;
}

/** Midnight of that date on a zone's clock. */
export function parseDateAsMidnight(text: string, zone: string): Instant | undefined {
  const date = parseDate(text);
  return date === undefined ? undefined : instantAt(date, midnight, zone);
}

/**
 * ISO 8601 with an offset, as RFC 3339 and CloudEvents write it: `2026-12-21T18:00:00+03:30`. Undefined for anything else:
 * no offset, a day or hour that is none, a year below 1700, which would be a Jalali one. Beyond milliseconds it is cut off.
 */
export function parseTime(text: string): Instant | undefined {
  const [, year, month, day, hour, minute, second, fraction, offset] = timeShape.exec(text) ?? [];
  if (offset === undefined) return undefined;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (date.year < firstGregorianYear || !isCalendarDate(date)) return undefined;
  const clock = secondOfDay(Number(hour), Number(minute), Number(second ?? 0));
  const ahead = parseOffset(offset);
  if (clock === undefined || ahead === undefined) return undefined;
  const ms = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  return withLeapSecond(Date.UTC(date.year, date.month - 1, date.day) + (clock - ahead) * 1_000 + ms, second);
}

/** Second 60 exists only as the last one of a day in UTC; it is read as the second after. */
function withLeapSecond(instant: Instant, second: string | undefined): Instant | undefined {
  return second === '60' && instant % dayLength >= 1_000 ? undefined : instant;
}

function secondOfDay(hour: number, minute: number, second: number): number | undefined {
  return hour < 24 && minute < 60 && second <= 60 ? (hour * 60 + minute) * 60 + second : undefined;
}

/** Seconds that a clock is ahead of UTC. */
function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  const size = (hours * 60 + minutes) * 60;
  return text.startsWith('-') ? -size : size;
}

const firstGregorianYear = 1700;
const dayLength = 86_400_000;
const dateShape = /^(\d{4})-(\d\d)-(\d\d)$/;
const timeShape = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?([Zz]|[+-]\d\d:?\d\d)$/;
