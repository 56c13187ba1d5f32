import { toAsciiDigits } from './digits.js';

export type DurationUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** `2 days`, `1 month`: a whole number of one unit. Hours and shorter are exact, days and longer go by the clock. */
export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

const secondsIn: Readonly<Record<DurationUnit, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_629_746,
  year: 31_556_952,
};

/** Longer than this is a slip of the pen, and would leave the years that the Jalali calendar is known for. */
const longestYears = 1_000;
const shape = /^(\d+) +(?:(second|minute|hour|day|week|month|year)s?)$/;
const working = /^\d+ +(working (?:hour|day)s?)$/;

/** Reads `2 days`; undefined for anything else (`parseDurationProblem` says why). */
export function parseDuration(text: string): Duration | undefined {
  const [, digits, unit] = shape.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const duration: Duration = { amount: Number(digits), unit: unit as DurationUnit };
  return duration.amount >= 1 && !isTooLong(duration) ? duration : undefined;
}

/** What is wrong with a text that should be a duration, as a sentence without its full stop; undefined when nothing is. */
export function parseDurationProblem(text: string): string | undefined {
  if (parseDuration(text) !== undefined) return undefined;
  const unit = working.exec(text)?.[1];
  if (unit !== undefined) return `"${unit}" are not supported yet`.replace(/(hour|day)"/, '$1s"');
  const quoted = `"${text}"`;
  const near = nearDuration(text);
  if (near !== undefined) return `${quoted} is no duration; did you mean "${printDuration(near)}"?`;
  if (/^0+ /.test(text) && shape.test(text)) return `${quoted} is no time at all; a duration is at least 1`;
  if (shape.test(text)) return `${quoted} is too long; a duration is at most ${String(longestYears)} years`;
  return `${quoted} is no duration; expected a whole number and a unit, such as "2 days" (second, minute, hour, day, week, month or year)`;
}

/** What `2h`, `2hours`, `2 Hours` and `۲ ساعت` were meant to be. */
function nearDuration(text: string): Duration | undefined {
  const plain = toAsciiDigits(text).replaceAll('ي', 'ی').toLowerCase();
  const [, digits, word = ''] = /^\s*(\d+)[\s\u200c]*(\p{L}+)\s*$/u.exec(plain) ?? [];
  const unit = Object.entries(spellings).find(([name, others]) => [name, `${name}s`, ...others].includes(word))?.[0];
  if (digits === undefined || unit === undefined || shape.test(text)) return undefined;
  return parseDuration(`${String(Number(digits))} ${unit}`);
}

/** Other ways to write a unit. */
const spellings: Readonly<Record<DurationUnit, readonly string[]>> = {
  second: ['s', 'sec', 'secs', 'ثانیه'],
  minute: ['m', 'min', 'mins', 'دقیقه'],
  hour: ['h', 'hr', 'hrs', 'ساعت'],
  day: ['d', 'روز'],
  week: ['w', 'wk', 'wks', 'هفته'],
  month: ['mo', 'mon', 'ماه'],
  year: ['y', 'yr', 'yrs', 'سال'],
};

/** `1 day`, `2 days`: what `parseDuration` reads. */
export function printDuration({ amount, unit }: Duration): string {
  return `${String(amount)} ${unit}${amount === 1 ? '' : 's'}`;
}

function isTooLong({ amount, unit }: Duration): boolean {
  return amount * secondsIn[unit] > longestYears * secondsIn.year;
}
