import type { SqlMigration } from '../src/store/sql-migration.js';
import { First0001 } from './0001-first.js';

/** All migrations in order; `npm run migration:new` adds a line. */
export const migrations: readonly (new () => SqlMigration)[] = [First0001];
