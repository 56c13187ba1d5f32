import { SqlMigration } from '../src/store/sql-migration.js';

/** What providers tell of messages that they took, and what customers answer. */
export class WayBack0004 extends SqlMigration {
  protected readonly file = '0004-way-back';
}
