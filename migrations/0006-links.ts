import { SqlMigration } from '../src/store/sql-migration.js';

/** Short links in messages, and the addresses where a customer withdraws. */
export class Links0006 extends SqlMigration {
  protected readonly file = '0006-links';
}
