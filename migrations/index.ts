import type { SqlMigration } from '../src/store/sql-migration.js';
import { First0001 } from './0001-first.js';
import { TasksAndEmits0002 } from './0002-tasks-and-emits.js';

/** All migrations in order; `npm run migration:new` adds a line. */
export const migrations: readonly (new () => SqlMigration)[] = [First0001, TasksAndEmits0002];
