import { SqlMigration } from '../src/store/sql-migration.js';

/** Customers who turn out to be one, and chats joined to customers. */
export class Merging0008 extends SqlMigration {
  protected readonly file = '0008-merging';
}
