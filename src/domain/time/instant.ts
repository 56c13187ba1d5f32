/** An instant, in milliseconds since 1970-01-01T00:00:00Z. The domain never reads a clock: instants are arguments. */
export type Instant = number;

/** ISO 8601 in UTC with milliseconds: the form in which every instant is printed and kept in JSON. */
export function printInstant(instant: Instant): string {
  const day = Math.floor(instant / dayLength);
  // Instants of one batch are mostly of one day, and to print a date costs more than to decide.
  if (day !== printed.day)
    printed = { day, date: new Date(day * dayLength).toISOString().slice(0, -'00:00:00.000Z'.length) };
  const ms = Math.trunc(instant - day * dayLength);
  const seconds = Math.floor(ms / 1_000);
  const [hour, minute, second] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${printed.date}${two[hour] ?? ''}:${two[minute] ?? ''}:${two[second] ?? ''}.${three[ms % 1_000] ?? ''}Z`;
}

const dayLength = 86_400_000;
let printed = { day: NaN, date: '' };
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const three = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));

/** The calendar that months, years and printed dates go by. */
export type Calendar = 'jalali' | 'gregorian';

/** Whose clock and calendar a computation goes by: an IANA zone and the policy's calendar. */
export interface Clock {
  readonly zone: string;
  readonly calendar: Calendar;
}
