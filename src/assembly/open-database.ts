import type { Config } from '../config/config.js';
import { StartError } from '../main.js';
import type { Logger } from '../ops/log.js';
import { PostgresDatabase } from '../store/database.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../store/embedded/embedded-postgres.js';
import { migrate, pendingMigrations } from '../store/migrate.js';

/** The database, and how to let go of it: ours is stopped last of all. */
export interface OpenDatabase {
  readonly database: PostgresDatabase;
  close(): Promise<void>;
}

/** Connections of one process: batches side by side, timers, the sender's statements, the API's. */
const POOL_SIZE = 12;

/** Embedded PostgreSQL, brought to this version by itself; or the one configured, which `peyk migrate` has to have seen. */
export async function openDatabase(config: Config, log: Logger): Promise<OpenDatabase> {
  return config.databaseUrl === undefined ? openEmbedded(config, log) : openConfigured(config.databaseUrl, log);
}

async function openEmbedded(config: Config, log: Logger): Promise<OpenDatabase> {
  const server = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (line) => {
      log.info(line);
    },
  }).catch((error: unknown) => {
    throw new StartError(reasonOf(error), error);
  });
  try {
    const database = await connect(server.url, log);
    await closingOnFailure(database, () => migrate(database.dataSource));
    return { database, close: () => closeBoth(database, server) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openConfigured(url: string, log: Logger): Promise<OpenDatabase> {
  const database = await connect(url, log).catch((error: unknown) => {
    throw new StartError(`${reasonOf(error)}. Check the URL and that it runs.`, error);
  });
  const pending = await closingOnFailure(database, () => pendingMigrations(database.dataSource));
  if (pending.length === 0) return { database, close: () => database.close() };
  await database.close();
  throw new StartError(`the database lacks ${pending.join(', ')}: run \`npx peyk migrate\` first.`, undefined);
}

async function closeBoth(database: PostgresDatabase, server: EmbeddedPostgres): Promise<void> {
  try {
    await database.close();
  } finally {
    await server.stop();
  }
}

/** Open connections would keep a process alive that has said why it ends. */
async function closingOnFailure<T>(database: PostgresDatabase, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await database.close();
    throw error;
  }
}

function connect(url: string, log: Logger): Promise<PostgresDatabase> {
  return PostgresDatabase.connect({
    url,
    poolSize: POOL_SIZE,
    log: (line) => {
      log.warn(line);
    },
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
