import { dayLength, dayOfDate } from './calendar-date.js';

/** A day in the lunar Hijri calendar of Umm al-Qura, which may be a day or two off what is announced in a country. */
export interface HijriDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Of a day in days since 1970. */
export function hijriOfDay(day: number): HijriDate {
  format ??= new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const [, month, ofMonth, year] = /^(\d+)\/(\d+)\/(\d+)/.exec(format.format(day * dayLength)) ?? [];
  return { year: Number(year), month: Number(month), day: Number(ofMonth) };
}
// Made when it is first asked for: few workspaces have lunar occasions.
let format: Intl.DateTimeFormat | undefined;

/** In days since 1970; a 30th that the month lacks is its 29th. */
export function dayOfHijri({ year, month, day }: HijriDate): number {
  const first = firstOfMonth(year, month);
  return day < 30 || hijriOfDay(first + day - 1).month === month ? first + day - 1 : first + 28;
}

function firstOfMonth(year: number, month: number): number {
  const index = (year - 1) * 12 + month - 1;
  const kept = firsts.get(index);
  if (kept !== undefined) return kept;
  let day = epoch + Math.round(index * monthLength);
  // The estimate is off by a day or two, which puts it at worst into a neighbouring month.
  for (let tries = 0; tries < 10; tries++) {
    const found = hijriOfDay(day);
    const months = index - ((found.year - 1) * 12 + found.month - 1);
    if (months === 0 && found.day === 1) break;
    day += months === 0 ? 1 - found.day : Math.round(months * monthLength) + 1 - found.day;
  }
  if (firsts.size >= mostKept) firsts.clear();
  firsts.set(index, day);
  return day;
}

const epoch = dayOfDate({ year: 622, month: 7, day: 19 });
const monthLength = 29.530588;
const mostKept = 2_000;
const firsts = new Map<number, number>();
