import type { Weekday } from './zone.js';

/** As the Persian week goes. */
export const week: readonly Weekday[] = ['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri'];

export const everyDay: ReadonlySet<Weekday> = new Set(week);

/** The weekday of a day, in days since 1970, which began on a Thursday. */
export function weekdayOfDay(day: number): Weekday {
  return week[(((day + 5) % 7) + 7) % 7] ?? 'sat';
}

/** `sat`, or from one day to another, `sat-wed`; `thu-sat` goes over the end of the week. */
export function parseDays(text: string): readonly Weekday[] | undefined {
  const [first = '', last = first, ...others] = text.split('-');
  const [from, to] = [week.findIndex((day) => day === first), week.findIndex((day) => day === last)];
  if (from === -1 || to === -1 || others.length > 0) return undefined;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, place) => week[(from + place) % 7] ?? 'sat');
}

/** What is wrong with a text that should be days, as a sentence without its full stop; undefined when nothing is. */
export function parseDaysProblem(text: string): string | undefined {
  if (parseDays(text) !== undefined) return undefined;
  const near = text
    .toLowerCase()
    .split(/\s*(?:-|–|to)\s*/)
    .map((word) => week.find((day) => longNames[day].startsWith(word) && word.length > 2) ?? word)
    .join('-');
  if (parseDays(near) !== undefined) return `"${text}" is no day of the week; did you mean "${near}"?`;
  return `"${text}" is no day of the week; expected ${week.join(', ')}, or from one to another, such as sat-wed`;
}

export const longNames: Readonly<Record<Weekday, string>> = {
  sat: 'saturday',
  sun: 'sunday',
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
};
