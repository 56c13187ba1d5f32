import { SqlMigration } from '../src/store/sql-migration.js';

/** Calls of web hooks. */
export class Webhooks0007 extends SqlMigration {
  protected readonly file = '0007-webhooks';
}
