import { SqlMigration } from '../src/store/sql-migration.js';

/** Indexes by what is due, and who serves a provider. */
export class WhatIsDue0010 extends SqlMigration {
  protected readonly file = '0010-what-is-due';
}
