import { minuteOf, minutesOfDay, parseEnd, parseTimeOfDay, parseTimeOfDayProblem } from '../../../time/hours.js';
import { readDays, readTimeOfDay } from '../../../time/read-times.js';
import { everyDay } from '../../../time/week.js';
import type { Window } from '../../../time/windows.js';
import type { TimeOfDay } from '../../../time/zone.js';
import type { Node } from '../../../yaml/node.js';
import type { Problems } from '../../../yaml/problems.js';
import { readText, type Fields } from '../../../yaml/read.js';
import { atHour, atHourWithin, inWindow, isOpen, isWorkingTime, workingHours, type Hours } from './hours.js';

/** `{ days, from, to }`: all days, and the whole of them, where it does not say. */
export function readWindow(fields: Fields, problems: Problems): Window | undefined {
  if (!['days', 'from', 'to'].some((key) => fields.has(key))) return undefined;
  const days = readDays(fields.get('days'), problems) ?? everyDay;
  const from = readTimeOfDay(fields.get('from'), problems);
  const to = readEnd(fields.get('to'), problems) ?? minutesOfDay;
  return { days, from: from === undefined ? 0 : minuteOf(from), to: to === 0 ? minutesOfDay : to };
}

function readEnd(node: Node | undefined, problems: Problems): number | undefined {
  const text = readText(node, 'a time of day such as "20:00"', problems);
  if (node === undefined || text === undefined) return undefined;
  return parseEnd(text) ?? problems.error(node.at, parseTimeOfDayProblem(text) ?? 'this is no time of day');
}

/** A window, working time or an hour, or an hour within one of them. */
export function hoursOf(
  within: Window | 'working' | undefined,
  at: { readonly time: TimeOfDay; readonly node: Node } | undefined,
  problems: Problems,
): Hours | undefined {
  if (at === undefined) return within && (within === 'working' ? workingHours : inWindow(within));
  if (within === undefined) return atHour(at.time);
  if (within === 'working') return atHourWithin(at.time, isWorkingTime);
  if (!hasHour(within, at.time))
    problems.error(at.node.at, 'this hour is outside the window; write at, or from and to, not both');
  return atHourWithin(at.time, isOpen(within));
}

function hasHour({ from, to }: Window, time: TimeOfDay): boolean {
  const minute = minuteOf(time);
  return to > from ? minute >= from && minute < to : minute >= from || minute < to;
}

/** `at`, with where it stands. */
export function readAt(
  node: Node | undefined,
  problems: Problems,
): { readonly time: TimeOfDay; readonly node: Node } | undefined {
  const time = readTimeOfDay(node, problems);
  return node === undefined || time === undefined ? undefined : { time, node };
}

export function isTimeOfDay(text: string): boolean {
  return parseTimeOfDay(text) !== undefined;
}
