import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Child } from '../rig/child.js';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
const unpacked = path.join(cache, 'redis');
/** The server is in `redis-tools`, and these are its libraries that a bare Debian lacks. */
const packages = ['redis-server', 'redis-tools', 'libatomic1', 'libjemalloc2', 'liblzf1'];

/** A `redis-server` that can be started here. */
export interface RedisProgram {
  readonly file: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
}

/** `PEYK_BENCH_REDIS`, one on the path, or Debian's, unpacked into the cache; undefined where none of them runs. */
export async function findRedis(): Promise<RedisProgram | undefined> {
  const named = await tried(process.env['PEYK_BENCH_REDIS'] ?? 'redis-server', {});
  if (named !== undefined || process.env['PEYK_BENCH_REDIS'] !== undefined) return named;
  await unpackDebians().catch(() => undefined);
  return tried(path.join(unpacked, 'usr/bin/redis-server'), { LD_LIBRARY_PATH: await libraries() });
}

async function tried(file: string, env: RedisProgram['env']): Promise<RedisProgram | undefined> {
  try {
    const { stdout } = await run(file, ['--version'], { env: { ...process.env, ...env } });
    return { file, env, version: /v=(\S+)/.exec(stdout)?.[1] ?? 'unknown' };
  } catch {
    return undefined;
  }
}

/** Fetched by `apt-get download` and unpacked: nothing is installed, and nobody has to be root. */
async function unpackDebians(): Promise<void> {
  if (existsSync(unpacked)) return;
  await mkdir(cache, { recursive: true });
  const incoming = await mkdtemp(path.join(cache, 'redis-incoming-'));
  try {
    await run('apt-get', ['download', ...packages], { cwd: incoming });
    for (const file of await readdir(incoming)) {
      await run('dpkg', ['-x', path.join(incoming, file), path.join(incoming, 'root')]);
    }
    await rename(path.join(incoming, 'root'), unpacked);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

async function libraries(): Promise<string> {
  const folder = path.join(unpacked, 'usr/lib');
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => path.join(folder, name)).join(':');
}

export interface Redis {
  readonly socket: string;
  stop(): Promise<void>;
}

/** An empty Redis that has every write on the disk before it answers: as durable as Postgres. */
export async function startRedis({ file, env }: RedisProgram): Promise<Redis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'peyk-bench-redis-'));
  const socket = path.join(folder, 'redis.sock');
  const settings = path.join(folder, 'redis.conf');
  await writeFile(settings, configuration(folder, socket));
  const child = new Child({ program: file, file: settings, env });
  const stop = async (): Promise<void> => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await child.says(/(ready) to accept connections/i);
    return { socket, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Over a socket of the file system, which is faster than TCP; no snapshots beside the append-only file. */
function configuration(folder: string, socket: string): string {
  return `port 0
unixsocket ${socket}
dir ${folder}
appendonly yes
appendfsync always
save ""
maxmemory-policy noeviction
`;
}
