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
  if (/^0+ /.test(text) && shape.test(text)) return `${quoted} is no time at all; a duration is at least 1`;
  if (shape.test(text)) return `${quoted} is too long; a duration is at most ${String(longestYears)} years`;
  return `${quoted} is no duration; expected a whole number and a unit, such as "2 days" (second, minute, hour, day, week, month or year)`;
}

/** `1 day`, `2 days`: what `parseDuration` reads. */
export function printDuration({ amount, unit }: Duration): string {
  return `${String(amount)} ${unit}${amount === 1 ? '' : 's'}`;
}

function isTooLong({ amount, unit }: Duration): boolean {
  return amount * secondsIn[unit] > longestYears * secondsIn.year;
}
