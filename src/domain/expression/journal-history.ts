import type { Instant } from '../time/instant.js';
import { byTime, isWithin, MOST_EVENTS, numberAt } from './layered-history.js';
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

  count(type: string, from: Instant | undefined, to: Instant): number {
    return this.within(type, from, to).length;
  }

  sum(type: string, field: string, from: Instant | undefined, to: Instant): number {
    return this.within(type, from, to).reduce((total, event) => total + (numberAt(event.data, field) ?? 0), 0);
  }

  last(type: string): Instant | undefined {
    return this.byType.get(type)?.at(-1)?.time;
  }

  events(type: string, from: Instant | undefined, to: Instant): readonly HistoryEvent[] | undefined {
    const events = this.within(type, from, to);
    return events.length > MOST_EVENTS ? undefined : events;
  }

  since(type: string, from: Instant, tie: Tie | undefined): readonly HistoryEvent[] {
    return (this.byType.get(type) ?? []).filter((event) => event.time >= from && isTied(event, tie));
  }

  private within(type: string, from: Instant | undefined, to: Instant): readonly HistoryEvent[] {
    return (this.byType.get(type) ?? []).filter((event) => isWithin(event.time, from, to));
  }
}
