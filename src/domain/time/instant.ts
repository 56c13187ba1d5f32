import type { WorkingHours } from './working-hours.js';

/** An instant, in milliseconds since 1970-01-01T00:00:00Z. The domain never reads a clock: instants are arguments. */
export type Instant = number;

/** ISO 8601 in UTC with milliseconds: the form in which every instant is printed and kept in JSON. */
export function printInstant(instant: Instant): string {
  // What one decision prints is mostly of one instant.
  if (instant !== last.instant) last = { instant, text: print(instant) };
  return last.text;
}

let last = { instant: NaN, text: '' };

function print(instant: Instant): string {
  const day = Math.floor(instant / dayLength);
  const date = dateOf(day);
  const ms = Math.trunc(instant - day * dayLength);
  const seconds = Math.floor(ms / 1_000);
  const hour = Math.floor(seconds / 3_600);
  const minute = Math.floor(seconds / 60) % 60;
  return `${date}${two[hour] ?? ''}:${two[minute] ?? ''}:${two[seconds % 60] ?? ''}.${three[ms % 1_000] ?? ''}Z`;
}

/** Instants of one batch are of few days, and to print a date costs more than to decide. */
function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * dayLength).toISOString().slice(0, -'00:00:00.000Z'.length);
    if (dates.size >= datesKept) dates.clear();
    dates.set(day, date);
  }
  return date;
}

const dayLength = 86_400_000;
const datesKept = 1_000;
const dates = new Map<number, string>();
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const three = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));

/** The calendar that months, years and printed dates go by. */
export type Calendar = 'jalali' | 'gregorian';

/** Whose clock and calendar a computation goes by: an IANA zone, the policy's calendar and its working hours. */
export interface Clock {
  readonly zone: string;
  readonly calendar: Calendar;
  /** Without them every hour is a working one. */
  readonly working?: WorkingHours | undefined;
}
