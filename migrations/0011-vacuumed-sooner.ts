import { SqlMigration } from '../src/store/sql-migration.js';

/** Hot tables are cleaned up before much of them is dead. */
export class VacuumedSooner0011 extends SqlMigration {
  protected readonly file = '0011-vacuumed-sooner';
}
