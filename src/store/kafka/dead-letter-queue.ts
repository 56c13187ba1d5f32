import type { Database } from '../connection.js';
import { markPublished } from './mark-published.sql.js';
import { tryPublishLock } from './try-publish-lock.sql.js';
import { unpublishedDeadLetters, type UnpublishedRow } from './unpublished-dead-letters.sql.js';

const sliceRows = 200;
const sliceBytes = 4_000_000;

/** The dead letters that wait for their copy on `<topic>.dead`. */
export class DeadLetterQueue {
  constructor(private readonly database: Database) {}

  /**
   * Hands the oldest slice to `publish` and marks it when that resolves; when it throws, the slice stays. Answers how
   * many there were: 0 for none, or while another process publishes.
   */
  async publishSlice(publish: (letters: readonly UnpublishedRow[]) => Promise<void>): Promise<number> {
    return this.database.transaction(async (tx) => {
      const [lock] = await tx.run(tryPublishLock);
      if (lock?.mine !== true) return 0;
      const letters = await tx.run(unpublishedDeadLetters, [sliceRows, sliceBytes]);
      if (letters.length === 0) return 0;
      await publish(letters);
      await tx.run(markPublished, [letters.map(({ no }) => no)]);
      return letters.length;
    });
  }
}
