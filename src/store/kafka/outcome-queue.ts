import type { Database } from '../connection.js';
import { markOutcomes } from './mark-outcomes.sql.js';
import { pruneOutcomes } from './prune-outcomes.sql.js';
import { tryOutcomeLock } from './try-outcome-lock.sql.js';
import { unpublishedOutcomes, type UnpublishedOutcome } from './unpublished-outcomes.sql.js';

const sliceRows = 1_000;
/** A request holds at most what the broker takes as one message (1 MB); they are a little larger there. */
const sliceBytes = 400_000;
const pruneRows = 5_000;

/** What is to be told on `peyk.outcomes`. */
export class OutcomeQueue {
  constructor(private readonly database: Database) {}

  /**
   * Hands the oldest slice to `publish` and marks it when that resolves; when it throws, the slice stays. Answers how
   * many there were: 0 for none, or while another process publishes.
   */
  async publishSlice(publish: (outcomes: readonly UnpublishedOutcome[]) => Promise<void>): Promise<number> {
    return this.database.transaction(async (tx) => {
      const [lock] = await tx.run(tryOutcomeLock);
      if (lock?.mine !== true) return 0;
      const outcomes = await tx.run(unpublishedOutcomes, [sliceRows, sliceBytes]);
      if (outcomes.length === 0) return 0;
      await publish(outcomes);
      await tx.run(markOutcomes, [outcomes.map(({ no }) => no)]);
      return outcomes.length;
    });
  }

  /** Takes away a slice of what was published more than a day ago. */
  async pruneSlice(): Promise<number> {
    const [row] = await this.database.run(pruneOutcomes, [pruneRows]);
    return row?.gone ?? 0;
  }
}
