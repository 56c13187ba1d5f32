import type { Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readText } from '../yaml/read.js';
import { parseHours, parseHoursProblem, parseTimeOfDay, parseTimeOfDayProblem, type Hours } from './hours.js';
import { parseDays, parseDaysProblem } from './week.js';
import type { TimeOfDay, Weekday } from './zone.js';

/** `"18:00"`. */
export function readTimeOfDay(node: Node | undefined, problems: Problems): TimeOfDay | undefined {
  const text = readText(node, 'a time of day such as "18:00"', problems);
  if (node === undefined || text === undefined) return undefined;
  return parseTimeOfDay(text) ?? problems.error(node.at, parseTimeOfDayProblem(text) ?? expectedHours);
}

/** `"21:00-09:00"`. */
export function readHours(node: Node | undefined, problems: Problems): Hours | undefined {
  const text = readText(node, expectedHours, problems);
  if (node === undefined || text === undefined) return undefined;
  return parseHours(text) ?? problems.error(node.at, parseHoursProblem(text) ?? expectedHours);
}

/** `[sat, sun]`, `fri`, `sat-wed`; undefined where one of them is none. */
export function readDays(node: Node | undefined, problems: Problems): ReadonlySet<Weekday> | undefined {
  if (node === undefined) return undefined;
  const items = oneOrMore(node);
  if (items.length === 0) return problems.error(node.at, 'days names no day; write [sat, sun], or leave it out');
  const found = items.map((item) => readDay(item, problems));
  return found.includes(undefined) ? undefined : new Set(found.flatMap((days) => days ?? []));
}

function readDay(node: Node, problems: Problems): readonly Weekday[] | undefined {
  const text = readText(node, 'a day of the week such as sat', problems);
  if (text === undefined) return undefined;
  return parseDays(text) ?? problems.error(node.at, parseDaysProblem(text) ?? 'this is no day of the week');
}

const expectedHours = 'hours such as "21:00-09:00"';
