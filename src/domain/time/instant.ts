/** An instant, in milliseconds since 1970-01-01T00:00:00Z. The domain never reads a clock: instants are arguments. */
export type Instant = number;

/** ISO 8601 in UTC with milliseconds: the form in which every instant is printed and kept in JSON. */
export function printInstant(instant: Instant): string {
  const slot = instant & (REMEMBERED - 1);
  if (instants[slot] !== instant) {
    texts[slot] = new Date(instant).toISOString();
    instants[slot] = instant;
  }
  return texts[slot] ?? '';
}

// A batch prints the same few instants over and over, and printing one costs more than deciding.
const REMEMBERED = 64;
const instants = new Array<Instant>(REMEMBERED).fill(NaN);
const texts = new Array<string>(REMEMBERED).fill('');

/** The calendar that months, years and printed dates go by. */
export type Calendar = 'jalali' | 'gregorian';

/** Whose clock and calendar a computation goes by: an IANA zone and the policy's calendar. */
export interface Clock {
  readonly zone: string;
  readonly calendar: Calendar;
}
