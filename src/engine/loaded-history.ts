import type { History, HistoryEvent, Tie } from '../domain/expression/scope.js';
import type { Instant } from '../domain/time/instant.js';
import { MOST_EVENTS } from '../domain/expression/layered-history.js';

export interface Rollup {
  readonly count: number;
  /** Undefined where it is beyond all numbers. */
  readonly total: number | undefined;
  readonly newest: Instant | undefined;
}

/**
 * A customer's history as far as a batch has read it: the answers to the calls that its journeys can make. Asking for
 * anything else is a fault of ours and throws, for a wrong answer would be a wrong message. An expression takes what throws
 * for unknown, so whoever decides asks `check` in the end.
 */
export class LoadedHistory implements History {
  readonly rollups = new Map<string, Rollup>();
  readonly windows = new Map<string, HistoryEvent[]>();
  private missing: Error | undefined;

  count(type: string, from: Instant | undefined): number {
    return this.rollup(rollupKey(type, undefined, from)).count;
  }

  sum(type: string, field: string, from: Instant | undefined): number | undefined {
    return this.rollup(rollupKey(type, field, from)).total;
  }

  last(type: string): Instant | undefined {
    return this.rollup(rollupKey(type, undefined, undefined)).newest;
  }

  events(type: string, from: Instant | undefined): readonly HistoryEvent[] | undefined {
    const key = windowKey(type, from, undefined);
    // `latest` asks for the window that holds the newest event alone.
    const newest = this.windows.has(key) ? undefined : this.windows.get(latestKey(type));
    if (newest !== undefined) return newest.filter(({ time }) => from === undefined || time > from);
    const events = this.window(key);
    return events.length > MOST_EVENTS ? undefined : events;
  }

  since(type: string, from: Instant, tie: Tie | undefined): readonly HistoryEvent[] {
    // Windows exclude their start, "since" includes it: instants are whole milliseconds.
    return this.window(windowKey(type, from - 1, tie));
  }

  /** Throws where something was asked that had not been read. */
  check(): void {
    if (this.missing !== undefined) throw this.missing;
  }

  private miss(key: string): Error {
    this.missing ??= new Error(`history was not read: ${key}`);
    return this.missing;
  }

  private rollup(key: string): Rollup {
    const rollup = this.rollups.get(key);
    if (rollup === undefined) throw this.miss(key);
    return rollup;
  }

  private window(key: string): HistoryEvent[] {
    const events = this.windows.get(key);
    if (events === undefined) throw this.miss(key);
    return events;
  }
}

export function rollupKey(type: string, field: string | undefined, from: Instant | undefined): string {
  return `${type} ${field ?? ''} ${from === undefined ? 'ever' : String(from)}`;
}

export function latestKey(type: string): string {
  return `latest ${type}`;
}

export function windowKey(type: string, from: Instant | undefined, tie: Tie | undefined): string {
  const tied = tie === undefined ? '' : `${tie.path.join('.')}=${tie.value}`;
  return `${type} after ${from === undefined ? 'ever' : String(from)} ${tied}`;
}
