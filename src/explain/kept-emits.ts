import type { HistoryEvent } from '../domain/expression/scope.js';
import type { Emitted } from '../domain/journey/decision.js';
import type { KeptEvent } from '../store/explain/read-kept-events.sql.js';
import { unequal, type Difference } from './differences.js';

/**
 * A customer's events as journeys emit them once more: each is decided right after what emitted it, and not again in its
 * own place.
 */
export class KeptEmits {
  readonly differences: Omit<Difference, 'customer'>[] = [];
  private readonly events: ReadonlyMap<string, KeptEvent>;
  private readonly done = new Set<string>();

  constructor(events: readonly KeptEvent[]) {
    this.events = new Map(events.map((event) => [nameOf(event), event]));
  }

  isDecided(event: Pick<KeptEvent, 'source' | 'id'>): boolean {
    return this.done.has(nameOf(event));
  }

  decided(event: Pick<KeptEvent, 'source' | 'id'>): void {
    this.done.add(nameOf(event));
  }

  /**
   * The event that was kept of what is emitted, to be decided now; undefined where it was decided before, or is not kept. With
   * `mayBeCut` that need not be wrong: another customer's journey is behind it, and how long its chain was is not kept.
   */
  take(emitted: Emitted, mayBeCut: boolean): HistoryEvent | undefined {
    if (this.isDecided(emitted)) return undefined;
    const event = this.events.get(nameOf(emitted));
    if (event === undefined && mayBeCut) return undefined;
    const { type, data } = emitted;
    const kept = event && { type: event.type, data: event.data };
    this.differences.push(...unequal(`event ${nameOf(emitted)}`, { type, data }, kept));
    this.decided(emitted);
    return event && historyEventOf(event);
  }
}

export function historyEventOf({ id, source, type, time, arrival, seq, data }: KeptEvent): HistoryEvent {
  return { id, source, type, time, arrival, seq, data };
}

/** A journey of another customer may have emitted it. */
export function isOfJourney({ source }: Pick<KeptEvent, 'source'>): boolean {
  return source.startsWith('/journeys/');
}

function nameOf({ source, id }: Pick<KeptEvent, 'source' | 'id'>): string {
  return `${source} ${id}`;
}
