import { readEnvironment } from '../config/read-environment.js';
import { PostgresDatabase } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { UsageError } from './usage-error.js';

/** `peyk migrate`: brings the configured database to this version. The embedded one is migrated at every start. */
export async function migrateDatabase(): Promise<number> {
  const { databaseUrl } = readEnvironment();
  if (databaseUrl === undefined)
    throw new UsageError('set PEYK_DATABASE_URL: the embedded database is migrated at every start');
  const database = await PostgresDatabase.connect({ url: databaseUrl, poolSize: 2, statementTimeout: 0 });
  try {
    const done = await migrate(database.dataSource);
    console.log(done.length === 0 ? 'nothing to do: the database has this version' : `done: ${done.join(', ')}`);
    return 0;
  } finally {
    await database.close();
  }
}
