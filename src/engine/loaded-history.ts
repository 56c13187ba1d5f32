import type { History, HistoryEvent, Tie } from '../domain/expression/scope.js';
import type { Instant } from '../domain/time/instant.js';
import { MOST_EVENTS, numberAt } from '../domain/expression/layered-history.js';
import { isTied } from '../domain/expression/tie.js';

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

  count(type: string, from: Instant | undefined): number | undefined {
    const key = rollupKey(type, undefined, from);
    return this.isWide(key, from) ? this.within(type, from, key)?.length : this.rollup(key).count;
  }

  sum(type: string, field: string, from: Instant | undefined): number | undefined {
    const key = rollupKey(type, field, from);
    if (!this.isWide(key, from)) return this.rollup(key).total;
    return this.within(type, from, key)?.reduce((total, { data }) => total + (numberAt(data, field) ?? 0), 0);
  }

  last(type: string): Instant | undefined {
    return this.rollup(rollupKey(type, undefined, undefined)).newest;
  }

  events(type: string, from: Instant | undefined): readonly HistoryEvent[] | undefined {
    const key = windowKey(type, from, undefined);
    // `latest` asks for the window that holds the newest event alone.
    const newest = this.windows.has(key) ? undefined : this.windows.get(latestKey(type));
    if (newest !== undefined) return newest.filter(({ time }) => from === undefined || time > from);
    const events = this.windows.get(key);
    if (events === undefined) return this.within(type, from, key);
    return events.length > MOST_EVENTS ? undefined : events;
  }

  since(type: string, from: Instant, tie: Tie | undefined): readonly HistoryEvent[] {
    // Windows exclude their start, "since" includes it: instants are whole milliseconds.
    const key = windowKey(type, from - 1, tie);
    // Who starts at this very instant has a key that nobody knew when this was read.
    const untied = this.windows.has(key) ? undefined : this.windows.get(windowKey(type, from - 1, undefined));
    return untied === undefined ? this.window(key) : untied.filter((event) => isTied(event, tie));
  }

  /** Throws where something was asked that had not been read. */
  check(): void {
    if (this.missing !== undefined) throw this.missing;
  }

  /** Of a window that begins where none was expected: the customer's clock is another one now. */
  private within(type: string, from: Instant | undefined, key: string): readonly HistoryEvent[] | undefined {
    const wide = from === undefined ? undefined : this.widest(type, from);
    if (wide === undefined || from === undefined) throw this.miss(key);
    const inside = wide.filter(({ time }) => time > from);
    return inside.length > MOST_EVENTS ? undefined : inside;
  }

  private widest(type: string, from: Instant): readonly HistoryEvent[] | undefined {
    const prefix = wideKey(type, undefined);
    for (const [key, events] of this.windows) {
      if (key.startsWith(prefix) && Number(key.slice(prefix.length)) <= from) return events;
    }
    return undefined;
  }

  private isWide(key: string, from: Instant | undefined): boolean {
    return from !== undefined && !this.rollups.has(key);
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

/** Without a start: what the keys of all its wide windows begin with. */
export function wideKey(type: string, from: Instant | undefined): string {
  return `wide ${type} after ${from === undefined ? '' : String(from)}`;
}

export function windowKey(type: string, from: Instant | undefined, tie: Tie | undefined): string {
  const tied = tie === undefined ? '' : `${tie.path.join('.')}=${tie.value}`;
  return `${type} after ${from === undefined ? 'ever' : String(from)} ${tied}`;
}
