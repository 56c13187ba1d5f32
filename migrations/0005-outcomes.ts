import { SqlMigration } from '../src/store/sql-migration.js';

/** Who does tasks, what is told outside, entries counted for `limits`, and why somebody is held at a send. */
export class Outcomes0005 extends SqlMigration {
  protected readonly file = '0005-outcomes';
}
