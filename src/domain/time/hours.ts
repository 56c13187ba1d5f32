import { toAsciiDigits } from './digits.js';
import type { TimeOfDay } from './zone.js';

/** In minutes since midnight: from is included, to (at most 24:00, which is 1440) is not. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** `18:00`; undefined for anything else (`parseTimeOfDayProblem` says why). */
export function parseTimeOfDay(text: string): TimeOfDay | undefined {
  const [, hour, minute] = shape.exec(text) ?? [];
  return hour === undefined ? undefined : { hour: Number(hour), minute: Number(minute), second: 0, ms: 0 };
}

/** What is wrong with a text that should be a time of day, as a sentence without its full stop; undefined when nothing is. */
export function parseTimeOfDayProblem(text: string): string | undefined {
  if (parseTimeOfDay(text) !== undefined) return undefined;
  const near = nearTimeOfDay(text);
  if (near !== undefined) return `"${text}" is no time of day; did you mean "${near}"?`;
  return `"${text}" is no time of day; expected one from "00:00" to "23:59", such as "18:00"`;
}

/** `21:00-09:00`, of which the end is the next day's; undefined for anything else (`parseHoursProblem` says why). */
export function parseHours(text: string): Hours | undefined {
  const [first = '', last = '', ...others] = text.split('-');
  const [from, to] = [parseTimeOfDay(first), parseEnd(last)];
  return from === undefined || to === undefined || others.length > 0 ? undefined : { from: minuteOf(from), to };
}

/** The end of hours, in minutes: a time of day, or `24:00`. */
export function parseEnd(text: string): number | undefined {
  const time = parseTimeOfDay(text);
  if (time !== undefined) return minuteOf(time);
  return text === '24:00' ? minutesOfDay : undefined;
}

/** What is wrong with a text that should be hours, as a sentence without its full stop; undefined when nothing is. */
export function parseHoursProblem(text: string): string | undefined {
  if (parseHours(text) !== undefined) return undefined;
  const near = text
    .split(/\s*(?:-|–|—|\bto\b|تا)\s*/)
    .map((time) => (parseEnd(time) === undefined ? (nearTimeOfDay(time) ?? time) : time))
    .join('-');
  if (parseHours(near) !== undefined) return `"${text}" are no hours; did you mean "${near}"?`;
  return `"${text}" are no hours; expected from one time of day to another, such as "21:00-09:00"`;
}

export function minuteOf({ hour, minute }: TimeOfDay): number {
  return hour * 60 + minute;
}

/** What `9:00`, `9`, `9.30`, `۹:۳۰`, `6 pm` and `24:00` were meant to be. */
function nearTimeOfDay(text: string): string | undefined {
  const plain = toAsciiDigits(text).trim().toLowerCase();
  const [, hour, minute = '00', half] = /^(\d{1,2})(?:[:.](\d\d))?(?::00)?\s*(am|pm)?$/.exec(plain) ?? [];
  if (hour === undefined || (half !== undefined && Number(hour) > 12)) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  const near = `${String(hours === 24 ? 0 : hours).padStart(2, '0')}:${minute}`;
  return parseTimeOfDay(near) === undefined ? undefined : near;
}

export const minutesOfDay = 1_440;
const shape = /^([01]\d|2[0-3]):([0-5]\d)$/;
