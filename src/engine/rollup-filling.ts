import type { Connection, Database } from '../store/connection.js';
import { fillRollups } from '../store/engine/fill-rollups.sql.js';
import { lockNextCustomers } from '../store/engine/lock-next-customers.sql.js';
import { moveFilling } from '../store/engine/move-filling.sql.js';
import { takeUnfilledType, type UnfilledType } from '../store/engine/take-unfilled-type.sql.js';

const MOST_CUSTOMERS = 1_000;
/** Their customers' batches wait for a slice: one that takes longer is followed by a smaller one. */
const SLICE_MS = 100;

/**
 * Makes day rows of what came before their type was counted, a slice of customers in a transaction. Batches of the same customers
 * wait for it or come before it, so that no event is counted twice; a slice that is lost is done again.
 */
export class RollupFilling {
  private customers: number;

  constructor(
    private readonly db: Database,
    private readonly most = MOST_CUSTOMERS,
  ) {
    this.customers = most;
  }

  /** Fills one slice; false where there is none left for this process. */
  async fillSlice(): Promise<boolean> {
    const started = performance.now();
    try {
      const filled = await this.db.transaction((tx) => fill(tx, this.customers));
      this.resize(performance.now() - started);
      return filled;
    } catch (error) {
      this.resize(Infinity);
      throw error;
    }
  }

  private resize(milliseconds: number): void {
    if (milliseconds > SLICE_MS) this.customers = Math.max(1, this.customers >> 1);
    else if (milliseconds < SLICE_MS / 2) this.customers = Math.min(this.most, this.customers * 2);
  }
}

async function fill(tx: Connection, most: number): Promise<boolean> {
  const [taken] = await tx.run(takeUnfilledType);
  if (taken === undefined) return false;
  await fillNext(tx, taken, most);
  return true;
}

async function fillNext(
  tx: Connection,
  { type, fields, filled_through: after }: UnfilledType,
  most: number,
): Promise<void> {
  const ids = (await tx.run(lockNextCustomers, [after, most])).map(({ id }) => id);
  // Not in one statement: this one has to see what was committed while the customers were waited for.
  if (ids.length > 0) await tx.run(fillRollups, [ids, type, fields]);
  await tx.run(moveFilling, [type, ids.at(-1) ?? after, ids.length < most]);
}
