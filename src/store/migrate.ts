import { setTimeout as sleep } from 'node:timers/promises';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';

/** One number for every process that migrates this database. */
const ADVISORY_LOCK = 7_239_002;
const LOCK_TIMEOUT = '5s';

/**
 * Runs what is pending, each migration in a transaction; processes that come together wait for the first.
 * A table that others hold is waited for 5 s, so that a migration never queues everybody behind it: then it fails, and
 * can be run again.
 * @returns the names of the migrations that ran
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  return withMigrationLock(dataSource, async (queryRunner) => {
    await checkServer(queryRunner);
    const done = await executor(dataSource, queryRunner).executePendingMigrations();
    return done.map((migration) => migration.name);
  });
}

/** Undoes the migration that ran last. */
export async function revertLastMigration(dataSource: DataSource): Promise<void> {
  await withMigrationLock(dataSource, async (queryRunner) => {
    const undo = executor(dataSource, queryRunner);
    const last = (await undo.getExecutedMigrations())[0];
    const known = dataSource.migrations.find((migration) => migration.name === last?.name);
    if (known?.transaction === false) undo.transaction = 'none';
    await undo.undoLastMigration();
  });
}

/** The names of the migrations that this database does not have yet, in order. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const pending = await new MigrationExecutor(dataSource).getPendingMigrations();
  return pending.map((migration) => migration.name);
}

const ignore = (): void => undefined;

function executor(dataSource: DataSource, queryRunner: QueryRunner): MigrationExecutor {
  const made = new MigrationExecutor(dataSource, queryRunner);
  made.transaction = 'each';
  return made;
}

async function withMigrationLock<T>(
  dataSource: DataSource,
  work: (queryRunner: QueryRunner) => Promise<T>,
): Promise<T> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    await takeLock(queryRunner);
    await queryRunner.query(`set lock_timeout = '${LOCK_TIMEOUT}'; set statement_timeout = 0`);
    try {
      return await work(queryRunner);
    } finally {
      // A connection that broke has lost the lock and the settings with it.
      await queryRunner.query(`select pg_advisory_unlock(${String(ADVISORY_LOCK)})`).catch(ignore);
      await queryRunner.query('reset lock_timeout; reset statement_timeout').catch(ignore);
    }
  } finally {
    await queryRunner.release();
  }
}

/** By trying: a statement that waits holds a snapshot, for which `create index concurrently` would wait in turn. */
async function takeLock(queryRunner: QueryRunner): Promise<void> {
  for (;;) {
    const sql = `select pg_try_advisory_lock(${String(ADVISORY_LOCK)}) as taken`;
    const [answer] = (await queryRunner.query(sql)) as { taken: boolean }[];
    if (answer?.taken === true) return;
    await sleep(50);
  }
}

async function checkServer(queryRunner: QueryRunner): Promise<void> {
  const sql =
    "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding";
  const [server] = (await queryRunner.query(sql)) as { version: number; encoding: string }[];
  if (server === undefined || server.version < 150_000) {
    throw new Error('PostgreSQL 15 or newer is needed: give another one with PEYK_DATABASE_URL');
  }
  if (server.encoding !== 'UTF8') {
    throw new Error(
      `the database's encoding is ${server.encoding}, and Persian needs UTF8: create database … encoding 'UTF8' template template0`,
    );
  }
}
