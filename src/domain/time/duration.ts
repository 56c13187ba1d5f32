import { nearest } from '../did-you-mean.js';
import { toAsciiDigits } from './digits.js';

export type DurationUnit =
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'year'
  | 'working hour'
  | 'working day';

/**
 * `2 days`, `1 month`, `4 working hours`: a whole number of one unit. Hours and shorter are exact, days and longer go by
 * the clock, working ones by the hours at which the business works.
 */
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
  'working hour': 3_600,
  'working day': 86_400,
};

/** Longer than this is a slip of the pen, and would leave the years that the Jalali calendar is known for. */
const longestYears = 1_000;
/** Working time is counted day by day, which has to end. */
const mostWorking = 10_000;
const shape = /^(\d+) +(?:(second|minute|(?:working )?hour|(?:working )?day|week|month|year)s?)$/;

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
  const quoted = `"${text}"`;
  const near = nearDuration(text);
  if (near !== undefined) return `${quoted} is no duration; did you mean "${printDuration(near)}"?`;
  if (/^0+ /.test(text) && shape.test(text)) return `${quoted} is no time at all; a duration is at least 1`;
  if (shape.test(text)) return `${quoted} is too long; a duration is at most ${longestLike(text)}`;
  return `${quoted} is no duration; expected a whole number and a unit, such as "2 days" (second, minute, hour, day, week, month, year, working hour or working day)`;
}

function longestLike(text: string): string {
  const [unit] = /working (?:hour|day)/.exec(text) ?? [];
  return unit === undefined ? `${String(longestYears)} years` : `${String(mostWorking)} ${unit}s`;
}

/** What `2h`, `2hours`, `2 Hours` and `۲ ساعت` were meant to be. */
function nearDuration(text: string): Duration | undefined {
  const plain = toAsciiDigits(text).replaceAll('ي', 'ی').replaceAll('ك', 'ک').toLowerCase();
  const [, digits, written = ''] = /^\s*(\d+)[\s\u200c]*(\p{L}[\p{L}\s\u200c_-]*?)\s*$/u.exec(plain) ?? [];
  const word = written.replace(/[\s\u200c_-]+/g, ' ');
  const unit = unitSpelt(word);
  if (digits === undefined || unit === undefined || shape.test(text)) return undefined;
  return parseDuration(`${String(Number(digits))} ${unit}`);
}

function unitSpelt(word: string): string | undefined {
  const units = Object.entries(spellings);
  const spelt = units.find(([name, others]) => [name, `${name}s`, ...others].includes(word))?.[0];
  // Too short a word is near to many.
  return spelt ?? (word.length < 3 ? undefined : nearest(word.replace(/s$/, ''), Object.keys(spellings)));
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
  'working hour': ['workhour', 'workhours', 'business hour', 'business hours', 'ساعت کاری'],
  'working day': ['workday', 'workdays', 'work day', 'work days', 'business day', 'business days', 'روز کاری'],
};

/** `1 day`, `2 days`: what `parseDuration` reads. */
export function printDuration({ amount, unit }: Duration): string {
  return `${String(amount)} ${unit}${amount === 1 ? '' : 's'}`;
}

export function isWorking({ unit }: Duration): boolean {
  return unit === 'working hour' || unit === 'working day';
}

function isTooLong(duration: Duration): boolean {
  const { amount, unit } = duration;
  if (isWorking(duration)) return amount > mostWorking;
  return amount * secondsIn[unit] > longestYears * secondsIn.year;
}
