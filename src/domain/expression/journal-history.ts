import type { Instant } from '../time/instant.js';
import { byTime, MOST_EVENTS, numberAt } from './layered-history.js';
import type { History, HistoryEvent, Tie } from './scope.js';
import { isTied } from './tie.js';

/** A history over all of a customer's events, kept in memory: the simulator's. */
export class JournalHistory implements History {
  private readonly byType = new Map<string, HistoryEvent[]>();

  /** Appends an event; every later answer knows it. */
  append(event: HistoryEvent): void {
    const events = this.byType.get(event.type);
    if (events === undefined) {
      this.byType.set(event.type, [event]);
      return;
    }
    let place = events.length;
    while (place > 0 && byTime(events[place - 1] ?? event, event) > 0) place -= 1;
    events.splice(place, 0, event);
  }

  /** All of them, those of a type in their order. */
  *all(): Iterable<HistoryEvent> {
    for (const events of this.byType.values()) yield* events;
  }

  count(type: string, from: Instant | undefined, to: Instant): number {
    const events = this.byType.get(type) ?? none;
    return Math.max(0, after(events, to) - after(events, from));
  }

  sum(type: string, field: string, from: Instant | undefined, to: Instant): number {
    const events = this.byType.get(type) ?? none;
    const end = after(events, to);
    let total = 0;
    for (let place = after(events, from); place < end; place += 1) total += numberOf(events[place], field);
    return total;
  }

  last(type: string): Instant | undefined {
    return this.byType.get(type)?.at(-1)?.time;
  }

  events(type: string, from: Instant | undefined, to: Instant): readonly HistoryEvent[] | undefined {
    const events = this.within(type, from, to);
    return events.length > MOST_EVENTS ? undefined : events;
  }

  since(type: string, from: Instant, tie: Tie | undefined): readonly HistoryEvent[] {
    const found: HistoryEvent[] = [];
    const events = this.byType.get(type) ?? none;
    for (let place = after(events, from, true); place < events.length; place += 1) {
      const event = events[place];
      if (event !== undefined && isTied(event, tie)) found.push(event);
    }
    return found;
  }

  private within(type: string, from: Instant | undefined, to: Instant): readonly HistoryEvent[] {
    const events = this.byType.get(type) ?? none;
    return events.slice(after(events, from), after(events, to));
  }
}

const none: readonly HistoryEvent[] = [];

function numberOf(event: HistoryEvent | undefined, field: string): number {
  return event === undefined ? 0 : (numberAt(event.data, field) ?? 0);
}

/** The place of the first event later than that, or not earlier than it; they are in the order of their times. */
function after(events: readonly HistoryEvent[], instant: Instant | undefined, orAt = false): number {
  if (instant === undefined) return 0;
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const time = events[middle]?.time ?? Infinity;
    if (time < instant || (!orAt && time === instant)) low = middle + 1;
    else high = middle;
  }
  return low;
}
