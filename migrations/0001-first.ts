import { SqlMigration } from '../src/store/sql-migration.js';

/** The tables of the main path. */
export class First0001 extends SqlMigration {
  protected readonly file = '0001-first';
}
