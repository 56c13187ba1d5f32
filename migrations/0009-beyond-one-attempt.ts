import { SqlMigration } from '../src/store/sql-migration.js';

/** What the outbox knows of a message beyond one attempt. */
export class BeyondOneAttempt0009 extends SqlMigration {
  protected readonly file = '0009-beyond-one-attempt';
}
