import { SqlMigration } from '../src/store/sql-migration.js';

/** Policy in production: queued messages stay under it, fall back, and tell whoever waits for them. */
export class Policy0003 extends SqlMigration {
  protected readonly file = '0003-policy';
}
