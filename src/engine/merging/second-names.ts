import { mergeOf } from '../../domain/merging/merge-faults.js';
import type { Database } from '../../store/connection.js';
import { resolveCustomers } from '../../store/merging/resolve-customers.sql.js';
import type { BatchEvent } from '../batch.js';
import { MergedAwayError } from './merged-away.error.js';

/** More are looked up again: to forget one costs a transaction that is begun twice. */
const MOST_REMEMBERED = 10_000;

/**
 * Whose second names ids are. A second name stays one for ever, so that what was once found out holds; that somebody has become one is
 * found out by whoever claims them.
 */
export class SecondNames {
  private readonly known = new Map<string, string>();

  constructor(private readonly db: Database) {}

  /** Events under the ids that their customers go by, as far as it is known here. */
  rename<T extends BatchEvent>(events: readonly T[]): readonly T[] {
    if (this.known.size === 0) return events;
    return events.map((event) => {
      const customer = this.known.get(event.customer);
      return customer === undefined ? event : { ...event, customer };
    });
  }

  /** The work, begun again with better knowledge for as long as it meets somebody who is a second name by now. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof MergedAwayError)) throw error;
        await this.learn(error.ids);
      }
    }
  }

  private async learn(ids: readonly string[]): Promise<void> {
    if (this.known.size > MOST_REMEMBERED) this.known.clear();
    const stale = [...this.known].filter(([, root]) => ids.includes(root)).map(([id]) => id);
    const rows = await this.db.run(resolveCustomers, [[...ids, ...stale]]);
    for (const { id, root } of rows) this.known.set(id, root);
  }

  /** The id that this one goes by, as far as it is known here. */
  of(id: string): string {
    return this.known.get(id) ?? id;
  }
}

/** Whether this event makes one of two customers. */
export function isMerge(event: BatchEvent): boolean {
  return mergeOf(event) !== undefined;
}
