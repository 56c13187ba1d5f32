import { Client } from 'pg';
import { openCluster, type Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { controlFolder, findPlace, type Place } from './place.js';
import { readPostmaster, type Postmaster } from './postmaster-file.js';
import { findRunning, launch, shutDown } from './server.js';
import { withStartLock } from './start-lock.js';
import { Users } from './users.js';

export interface EmbeddedPostgresOptions {
  /** Peyk's data folder; everything of PostgreSQL is in `postgres/` below it. */
  readonly dataDir: string;
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** The database `peyk` with its password: secret. */
  readonly url: string;
  /** False when another live process was using the server already. */
  readonly owned: boolean;
  /** Stops the server, unless another live process uses it: the last one out does. */
  stop(): Promise<void>;
}

const silent = (): void => undefined;

/**
 * PostgreSQL from the `embedded-postgres` package, on a free port of the loopback. A running server of the same data folder
 * is adopted, also one that a `kill -9` of ours left behind.
 * @throws EmbeddedPostgresError when it cannot run here; the message says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  refuseWindows();
  const log = options.log ?? silent;
  const control = controlFolder(options.dataDir);
  return withStartLock(control, async () => {
    const place = findPlace(control, log);
    const cluster = await openCluster(place);
    const users = new Users(place.home);
    const url = await findOrLaunch(place, cluster, log);
    const owned = users.count() === 0;
    const use = users.join();
    const stop = once(() => withStartLock(control, () => leave(cluster, users, use, log)));
    return { url, owned, stop };
  });
}

/** A server that we started and cannot use is not left behind. */
async function findOrLaunch(place: Place, cluster: Cluster, log: (line: string) => void): Promise<string> {
  const running = await findRunning(cluster);
  const postmaster = running ?? (await launch(place, cluster));
  try {
    return await ensureDatabase(postmaster, cluster);
  } catch (error) {
    if (running === undefined) await shutDown(postmaster, log);
    throw error;
  }
}

async function leave(cluster: Cluster, users: Users, use: string, log: (line: string) => void): Promise<void> {
  users.leave(use);
  if (users.count() > 0) return;
  const postmaster = readPostmaster(cluster.data);
  if (postmaster !== undefined) await shutDown(postmaster, log);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

/** The cluster is new, or it is not: its database `peyk` exists after this. */
async function ensureDatabase(postmaster: Postmaster, cluster: Cluster): Promise<string> {
  const url = (database: string): string =>
    `postgres://peyk:${cluster.password}@127.0.0.1:${String(postmaster.port)}/${database}`;
  const client = new Client({ connectionString: url('postgres'), connectionTimeoutMillis: 10_000 });
  client.on('error', silent);
  try {
    await client.connect();
    const { rowCount } = await client.query("select from pg_database where datname = 'peyk'");
    if (rowCount === 0) await client.query('create database peyk');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(`PostgreSQL runs on ${cluster.data} but refuses us: ${reason}`, { cause: error });
  } finally {
    await client.end().catch(silent);
  }
  return url('peyk');
}

function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw new EmbeddedPostgresError(
    'embedded PostgreSQL is not supported on Windows yet: give a PostgreSQL 15 or newer with PEYK_DATABASE_URL, or use WSL',
  );
}
