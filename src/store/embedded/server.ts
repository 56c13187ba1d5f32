import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, ftruncateSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLEAN_ENVIRONMENT, type Cluster } from './cluster.js';
import { EmbeddedPostgresError, withRemedy } from './embedded-postgres-error.js';
import type { Place } from './place.js';
import { disownPostmaster, readPostmaster, type Postmaster } from './postmaster-file.js';
import { processIdentity, servesFolder } from './process-identity.js';

/** Recovery after a crash can take long; a server that lives is waited for. */
const START_PATIENCE = 300_000;
const STOP_PATIENCE = 10_000;
const LONGEST_LOG = 10_000_000;
const LAUNCHES = 20;
const LINES_OF_LOG = 4;
/** Another program took the port first; sessions of a server that was killed are still ending. */
const PASSING = /could not bind|is still in use/;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  // Nobody replicates it.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  // Each message leaves dead rows: looked for twice a minute.
  autovacuum_naptime: '30s',
  random_page_cost: '1.1',
  jit: 'off',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** The server that already runs on this cluster, once it is ready. */
export async function findRunning(cluster: Cluster): Promise<Postmaster | undefined> {
  const found = readPostmaster(cluster.data);
  if (found === undefined) return undefined;
  if (servesFolder(found.pid, cluster.data)) return untilReady(cluster, found.pid);
  if (processIdentity(found.pid) !== undefined) disownPostmaster(cluster.data);
  return undefined;
}

/** Starts a server on a free port of the loopback, again while the reason is one that passes. */
export async function launch(place: Place, cluster: Cluster): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const log = openLog(place);
    const child = spawnServer(place, cluster, await freePort(), log.fd);
    const running = await Promise.race([untilReady(cluster, child.pid ?? -1), ended(child)]);
    closeSync(log.fd);
    if (running !== undefined) return running;
    const said = readFileSync(log.file, 'utf8').slice(log.size);
    if (attempt === LAUNCHES || !PASSING.test(said)) throw cannotStart(log.file, said);
    await sleep(200);
  }
}

function ended(child: ChildProcess): Promise<undefined> {
  return new Promise((resolve) => {
    for (const event of ['error', 'exit']) {
      child.once(event, () => {
        resolve(undefined);
      });
    }
  });
}

/** In a session of its own, so that Ctrl-C in our terminal leaves it: it is stopped last. */
function spawnServer(place: Place, cluster: Cluster, port: number, log: number): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  const child = spawn(join(place.binaries.native, 'bin', 'postgres'), ['-D', cluster.data, ...settings], {
    ...place.user,
    cwd: place.home,
    env: CLEAN_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  return child;
}

function openLog(place: Place): { file: string; fd: number; size: number } {
  const file = join(place.home, 'postgres.log');
  return withRemedy(`write ${file}`, () => {
    const fd = openSync(file, 'a', 0o600);
    if (fstatSync(fd).size > LONGEST_LOG) ftruncateSync(fd);
    return { file, fd, size: fstatSync(fd).size };
  });
}

function cannotStart(file: string, said: string): EmbeddedPostgresError {
  const lines = said.trim().split('\n').slice(-LINES_OF_LOG);
  const reason = lines.map((line) => line.replace(/^[-0-9]+ [:.0-9]+ UTC \[\d+\] /, '')).join('; ');
  return new EmbeddedPostgresError(
    `PostgreSQL does not start: ${reason === '' ? 'it said nothing' : reason} (all of it: ${file})`,
  );
}

/** Waits for that process; undefined when it ends instead. */
async function untilReady(cluster: Cluster, pid: number): Promise<Postmaster | undefined> {
  const giveUpAt = Date.now() + START_PATIENCE;
  while (processIdentity(pid) !== undefined) {
    const postmaster = readPostmaster(cluster.data);
    if (postmaster?.pid === pid && postmaster.status === 'ready') return postmaster;
    if (Date.now() > giveUpAt) {
      throw new EmbeddedPostgresError(
        `PostgreSQL (process ${String(pid)}) is not ready after ${String(START_PATIENCE / 1000)} s`,
      );
    }
    await sleep(15);
  }
  return undefined;
}

/** Fast shutdown: sessions end, everything is on disk. After 10 s an immediate one: the next start recovers. */
export async function shutDown(postmaster: Postmaster, log: (line: string) => void): Promise<void> {
  if (await endsAfter('SIGINT', postmaster.pid)) return;
  log('PostgreSQL does not stop in 10 s; stopping it at once (nothing is lost, the next start recovers)');
  if (await endsAfter('SIGQUIT', postmaster.pid)) return;
  throw new EmbeddedPostgresError(`PostgreSQL (process ${String(postmaster.pid)}) does not stop`);
}

async function endsAfter(signal: NodeJS.Signals, pid: number): Promise<boolean> {
  const identity = processIdentity(pid);
  if (identity === undefined) return true;
  process.kill(pid, signal);
  const giveUpAt = Date.now() + STOP_PATIENCE;
  while (Date.now() < giveUpAt) {
    if (processIdentity(pid) !== identity) return true;
    await sleep(10);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
