import type { Json } from '../json.js';
import type { Instant } from '../time/instant.js';
import type { History, HistoryEvent, Tie } from './scope.js';
import { isTied } from './tie.js';

/** The most events of one type and window that a condition or an event wait looks at. */
export const MOST_EVENTS = 1000;

/** A history with the events that were decided since it was read on top. Neither is changed. */
export class LayeredHistory implements History {
  private constructor(
    private readonly base: History,
    private readonly recent: readonly HistoryEvent[],
  ) {}

  static on(base: History, event: HistoryEvent): LayeredHistory {
    return base instanceof LayeredHistory
      ? new LayeredHistory(base.base, [...base.recent, event])
      : new LayeredHistory(base, [event]);
  }

  count(type: string, from: Instant | undefined, to: Instant): number | undefined {
    const before = this.base.count(type, from, to);
    if (before === undefined) return undefined;
    let added = 0;
    for (const event of this.recent) if (event.type === type && isWithin(event.time, from, to)) added += 1;
    return before + added;
  }

  sum(type: string, field: string, from: Instant | undefined, to: Instant): number | undefined {
    const before = this.base.sum(type, field, from, to);
    if (before === undefined) return undefined;
    let total = before;
    for (const event of this.recent)
      if (event.type === type && isWithin(event.time, from, to)) total += numberAt(event.data, field) ?? 0;
    return total;
  }

  last(type: string): Instant | undefined {
    let newest = this.base.last(type);
    for (const event of this.recent) {
      if (event.type === type && (newest === undefined || event.time > newest)) newest = event.time;
    }
    return newest;
  }

  events(type: string, from: Instant | undefined, to: Instant): readonly HistoryEvent[] | undefined {
    const before = this.base.events(type, from, to);
    const added = this.within(type, from, to);
    if (before === undefined || added.length === 0) return before;
    const all = [...before, ...added].sort(byTime);
    return all.length > MOST_EVENTS ? undefined : all;
  }

  since(type: string, from: Instant, tie: Tie | undefined): readonly HistoryEvent[] {
    const added = this.recent.filter((event) => event.type === type && event.time >= from && isTied(event, tie));
    return added.length === 0 ? this.base.since(type, from, tie) : [...this.base.since(type, from, tie), ...added];
  }

  private within(type: string, from: Instant | undefined, to: Instant): readonly HistoryEvent[] {
    return this.recent.filter((event) => event.type === type && isWithin(event.time, from, to));
  }
}

/** Windows are (from, to]. */
export function isWithin(time: Instant, from: Instant | undefined, to: Instant): boolean {
  return (from === undefined || time > from) && time <= to;
}

/** By their own time, then in the order decided. */
export function byTime(a: HistoryEvent, b: HistoryEvent): number {
  return a.time - b.time || a.seq - b.seq;
}

/** The number at a dotted path of an event's data; undefined where there is none. */
export function numberAt(data: HistoryEvent['data'], path: string): number | undefined {
  let value: Json | undefined = data;
  if (!path.includes('.')) value = Object.hasOwn(data, path) ? data[path] : undefined;
  else for (const name of path.split('.')) value = ownOf(value, name);
  return typeof value === 'number' ? value : undefined;
}

function ownOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
