import type { DeadLetter, EventDecider, EventOutcome, IncomingEvent } from '../../../src/intake/intake.js';
import type { Connection, Database } from '../../../src/store/connection.js';
import { insertDeadLetters } from '../../../src/store/engine/insert-dead-letters.sql.js';
import { moveOffset } from '../../../src/store/kafka/move-offset.js';

type Batch = Parameters<EventDecider['decide']>[0];

/** Keeps what a batch brings in one transaction with its offset, as the engine does; decides nothing. */
export class RecordingEngine implements EventDecider {
  /** The numbers of the events that were committed, in order. */
  readonly committed: number[] = [];
  readonly batches: Batch[] = [];
  /** Runs inside each transaction, before its commit. */
  inTransaction: (batch: Batch) => Promise<void> = () => Promise.resolve();

  constructor(private readonly database: Database) {}

  async decide(batch: Batch): Promise<readonly EventOutcome[]> {
    await this.database.transaction((tx) => this.#decideIn(tx, batch));
    this.batches.push(batch);
    this.committed.push(...batch.events.map(numberOf));
    return batch.events.map(() => ({ kind: 'accepted' }));
  }

  async #decideIn(tx: Connection, batch: Batch): Promise<void> {
    await this.inTransaction(batch);
    if (batch.dead !== undefined && batch.dead.length > 0) await tx.run(insertDeadLetters, columns(batch.dead));
    if (batch.move !== undefined) await moveOffset(tx, batch.move);
  }
}

export function numberOf({ data }: IncomingEvent): number {
  return Number(data['n']);
}

export function columns(letters: readonly DeadLetter[]): unknown[] {
  return [
    letters.map(({ source }) => source),
    letters.map(({ origin }) => origin ?? null),
    letters.map(({ topic }) => topic ?? null),
    letters.map(({ key }) => key ?? null),
    letters.map(({ payload }) => payload),
    letters.map(({ headers }) => JSON.stringify(headers)),
    letters.map(({ place }) => place),
    letters.map(({ reason }) => reason),
  ];
}
