import type { Position } from '../problem.js';
import { printNode, type Entry, type MapNode, type Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readText, unknownWord } from '../yaml/read.js';
import type { CalendarDate } from './calendar-date.js';
import { minutesOfDay, type Hours } from './hours.js';
import { readHours } from './read-times.js';
import { parseDays, parseDaysProblem } from './week.js';
import type { WorkingHours } from './working-hours.js';
import type { Weekday } from './zone.js';

/** Working hours as `policy.yaml` has them; its occasions are in another file (`closeOn`). */
export interface WrittenWorkingHours {
  readonly days: WorkingHours['days'];
  readonly closed: readonly { readonly name: string; readonly at: Position }[];
}

/** What working hours ask of the occasions. */
export interface ClosedDays {
  readonly names: readonly string[];
  coversDay(name: string, day: CalendarDate): boolean;
}

/** `{ sat-wed: "09:00-18:00", thu: ["09:00-12:00", "13:00-15:00"], closed: [nowruz] }`; a day not named is free. */
export function readWorkingHours(node: Node | undefined, problems: Problems): WrittenWorkingHours | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== 'map') {
    return problems.error(
      node.at,
      `expected working hours as a mapping, such as { sat-wed: "09:00-18:00" }, got ${printNode(node)}`,
    );
  }
  const before = problems.count;
  const days = readWeek(node, problems);
  const closed = node.entries.filter(({ key }) => key === 'closed').flatMap(({ value }) => readClosed(value, problems));
  if (before === problems.count && Object.values(days).every((hours) => hours.length === 0))
    problems.error(node.at, 'working_hours names no day; write at least one, such as sat-wed: "09:00-18:00"');
  return { days, closed };
}

/** The same with its occasions found; one that there is not is a problem. */
export function closeOn(
  { days, closed }: WrittenWorkingHours,
  occasions: ClosedDays,
  problems: Problems,
): WorkingHours {
  const names: string[] = [];
  for (const { name, at } of closed) {
    if (occasions.names.includes(name)) names.push(name);
    else problems.error(at, unknownOccasion(name, occasions.names));
  }
  return { days, closed: names, isClosed: (day) => names.some((name) => occasions.coversDay(name, day)) };
}

function unknownOccasion(name: string, names: readonly string[]): string {
  const otherwise = names.length === 0 ? 'there are none in occasions.yaml' : `expected ${names.join(', ')}`;
  return unknownWord(`there is no occasion "${name}"`, name, names, otherwise);
}

function readWeek(node: MapNode, problems: Problems): WorkingHours['days'] {
  const days: Record<Weekday, readonly Hours[]> = { sat: [], sun: [], mon: [], tue: [], wed: [], thu: [], fri: [] };
  const from = new Map<Weekday, string>();
  for (const entry of node.entries) {
    if (entry.key === 'closed') continue;
    const named = readKey(entry, problems);
    const hours = named.length === 0 ? [] : readRanges(entry.value, problems);
    for (const day of named) {
      const other = from.get(day);
      if (other !== undefined)
        problems.error(entry.at, `${day} has its hours already, from "${other}"; write a day once`);
      from.set(day, entry.key);
      days[day] = hours;
    }
  }
  return days;
}

function readKey({ key, at }: Entry, problems: Problems): readonly Weekday[] {
  return parseDays(key) ?? problems.error(at, `${parseDaysProblem(key) ?? ''}${orClosed(key)}`) ?? [];
}

function orClosed(key: string): string {
  return /^[a-z]{4,}$/.test(key) && !key.endsWith('day') ? '; the days on which nobody works are "closed"' : '';
}

function readRanges(node: Node, problems: Problems): readonly Hours[] {
  const ranges = oneOrMore(node).flatMap((item) => readRange(item, problems) ?? []);
  const inOrder = ranges.toSorted((a, b) => a.from - b.from);
  const overlaps = inOrder.some(({ to }, place) => to > (inOrder[place + 1]?.from ?? Infinity));
  if (overlaps) problems.error(node.at, 'these hours overlap; write each hour of a day once');
  return inOrder;
}

function readRange(node: Node, problems: Problems): Hours | undefined {
  const hours = readHours(node, problems);
  if (hours === undefined) return undefined;
  // Midnight as an end is the one at the day's end.
  const { from, to } = hours.to === 0 ? { ...hours, to: minutesOfDay } : hours;
  if (from < to) return { from, to };
  return problems.error(
    node.at,
    `working hours end on the day they begin, got ${printNode(node)}; for hours past midnight write "…-24:00", and "00:00-…" on the next day`,
  );
}

function readClosed(node: Node, problems: Problems): WrittenWorkingHours['closed'] {
  return oneOrMore(node).flatMap((item) => {
    const name = readText(item, 'an occasion such as nowruz', problems);
    return name === undefined ? [] : [{ name, at: item.at }];
  });
}
