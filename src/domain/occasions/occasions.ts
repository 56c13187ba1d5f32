import { addDuration } from '../time/arithmetic.js';
import { dateOfDay, dayLength, dayOfDate, type CalendarDate } from '../time/calendar-date.js';
import { isWorking } from '../time/duration.js';
import type { Clock, Instant } from '../time/instant.js';
import { inCalendar } from '../time/recurrence.js';
import { shiftInstant, type Shift } from '../time/shift.js';
import { localDay } from '../time/span.js';
import { instantOfWall } from '../time/zone.js';
import { nearDays, occurrencesFrom, type Days, type Rule } from './rule.js';

/** From which day of the occasion the moment counts, its first or its last, and how it is moved from that day's midnight. */
export interface OccasionShift extends Shift {
  readonly edge: 'start' | 'end';
}

/** One time that an occasion comes. */
export interface Occurrence {
  readonly name: string;
  /** The occasion's own (first) day: it tells the occurrences of an occasion apart. */
  readonly day: CalendarDate;
  readonly lastDay: CalendarDate;
  /** The moment asked for, with its offset and hour. */
  readonly at: Instant;
  /** Of the occasion's own day, in the policy's calendar. */
  readonly year: number;
}

/**
 * What `occasions.yaml` declares. Lunar days that are not listed are computed (Umm al-Qura), and so may be a day or two off
 * the days announced: list those.
 */
export interface Occasions {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Whether it can be longer than a day. */
  lasts(name: string): boolean;
  /** Whether the instant is on one of its days, on that clock. */
  covers(name: string, instant: Instant, clock: Pick<Clock, 'zone'>): boolean;
  coversDay(name: string, day: CalendarDate): boolean;
  /** The first one whose moment is not before the instant: `now` for a moment, for a schedule what it is to start from. */
  next(name: string, shift: OccasionShift, from: Instant, clock: Clock): Occurrence | undefined;
  /** The one on that day, which may have been moved a little since. */
  occurrence(name: string, day: CalendarDate, shift: OccasionShift, clock: Clock): Occurrence | undefined;
}

export function occasionsOf(rules: ReadonlyMap<string, Rule>): Occasions {
  return new RuledOccasions(rules);
}

class RuledOccasions implements Occasions {
  /** Whether a day is covered is asked for the same days again and again. */
  private readonly covered = new Map<string, boolean>();

  constructor(private readonly rules: ReadonlyMap<string, Rule>) {}

  get names(): readonly string[] {
    return [...this.rules.keys()];
  }

  has(name: string): boolean {
    return this.rules.has(name);
  }

  lasts(name: string): boolean {
    const rule = this.rules.get(name);
    if (rule === undefined) return false;
    return rule.kind === 'listed' ? rule.spans.some(({ first, last }) => last > first) : rule.days > 1;
  }

  covers(name: string, instant: Instant, { zone }: Pick<Clock, 'zone'>): boolean {
    return this.isOn(name, localDay(instant, zone));
  }

  coversDay(name: string, day: CalendarDate): boolean {
    return this.isOn(name, dayOfDate(day));
  }

  next(name: string, shift: OccasionShift, from: Instant, clock: Clock): Occurrence | undefined {
    for (const days of this.from(name, earliestDay(shift, from, clock))) {
      const found = occurrenceOf(name, days, shift, clock);
      if (found.at >= from) return found;
    }
    return undefined;
  }

  occurrence(name: string, day: CalendarDate, shift: OccasionShift, clock: Clock): Occurrence | undefined {
    const known = dayOfDate(day);
    const distance = ({ first }: Days): number => Math.abs(first - known);
    const near = this.from(name, known - nearDays).filter((days) => distance(days) <= nearDays);
    const [nearest] = near.toSorted((a, b) => distance(a) - distance(b));
    return nearest && occurrenceOf(name, nearest, shift, clock);
  }

  private isOn(name: string, day: number): boolean {
    const key = `${String(day)} ${name}`;
    const known = this.covered.get(key);
    if (known !== undefined) return known;
    const covers = this.from(name, day).some(({ first }) => first <= day);
    if (this.covered.size >= mostKept) this.covered.clear();
    this.covered.set(key, covers);
    return covers;
  }

  private from(name: string, day: number): readonly Days[] {
    const rule = this.rules.get(name);
    return rule === undefined ? [] : occurrencesFrom(rule, day);
  }
}

/** No day before it has a moment that late. */
function earliestDay({ offset }: OccasionShift, from: Instant, clock: Clock): number {
  if (offset === undefined) return localDay(from, clock.zone) - 2;
  const back = addDuration(from, offset.duration, clock, offset.sign === 1 ? -1 : 1);
  // There and back again is not exact: months differ in length, and working days have holidays between them.
  return localDay(back, clock.zone) - (isWorking(offset.duration) ? 400 : 40);
}

function occurrenceOf(name: string, { first, last }: Days, shift: OccasionShift, clock: Clock): Occurrence {
  const edge = shift.edge === 'end' ? last : first;
  const day = dateOfDay(first);
  return {
    name,
    day,
    lastDay: dateOfDay(last),
    at: shiftInstant(instantOfWall(edge * dayLength, clock.zone), shift, clock),
    year: inCalendar(day, clock.calendar).year,
  };
}

const mostKept = 10_000;
