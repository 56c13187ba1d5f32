import { jest } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.js';

const isRoot = process.getuid?.() === 0;
const whenRoot = isRoot ? describe : describe.skip;
const whenNotRoot = isRoot ? it.skip : it;

// Real servers, on machines that have other things to do.
jest.setTimeout(120_000);

/** Everything that a test starts or makes, undone in reverse order. */
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function newFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'peyk-embedded-'));
  chmodSync(folder, mode);
  undo.push(() => {
    const note = join(folder, 'postgres', 'elsewhere');
    if (existsSync(note)) rmSync(readFileSync(note, 'utf8').trim(), { recursive: true });
    rmSync(folder, { recursive: true });
  });
  return folder;
}

let template: string | undefined;
afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true });
});

/** A folder in which a database was made already; it is made once and copied, with its owners. */
async function usedFolder(): Promise<string> {
  template ??= await makeTemplate();
  const folder = newFolder();
  execFileSync('cp', ['-a', join(template, 'postgres'), folder]);
  return folder;
}

async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'peyk-embedded-'));
  chmodSync(folder, 0o755);
  await (await startEmbeddedPostgres({ dataDir: folder })).stop();
  return folder;
}

async function start(dataDir: string, log?: (line: string) => void): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ...(log === undefined ? {} : { log }) });
  undo.push(() => server.stop());
  return server;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  // A server that is stopped ends the session with an error.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>({ text: sql });
    return rows[0] === undefined ? undefined : Object.values(rows[0])[0];
  } finally {
    await client.end();
  }
}

function postmasterPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/cluster/data/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(10);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${String(pid)}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

interface Holder {
  readonly process: ChildProcess;
  readonly said: { url: string; owned: boolean };
}

function spawnHolder(dataDir: string, options: { detached?: boolean } = {}): ChildProcess {
  const args = ['--import', './test/servers/typescript-loader.mjs', './test/servers/postgres/hold.ts', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
  undo.push(() => kill(child));
  return child;
}

/** Another process that uses the server. */
async function hold(dataDir: string, options: { detached?: boolean } = {}): Promise<Holder> {
  const child = spawnHolder(dataDir, options);
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { process: child, said: JSON.parse(line) as Holder['said'] };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('the embedded server', () => {
  it('starts in a new folder of any name, in UTF8 and UTC, and keeps what was written', async () => {
    const folder = join(newFolder(), 'داده های پیک', 'it’s "here"');
    const first = await start(folder);
    expect(first.owned).toBe(true);
    expect(await ask(first.url, "select length('سلام')")).toBe(4);
    expect(await ask(first.url, 'show timezone')).toBe('UTC');
    expect(await ask(first.url, 'show fsync')).toBe('on');
    expect(await ask(first.url, "select datcollate from pg_database where datname = 'peyk'")).toBe('C');
    await ask(first.url, "create table kept as select 'گل' as word");
    await first.stop();
    const second = await start(folder);
    expect(await ask(second.url, 'select word from kept')).toBe('گل');
  });

  it('listens on the loopback only, wants the password, and keeps it from others', async () => {
    const folder = await usedFolder();
    const server = await start(folder);
    expect(await ask(server.url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(server.url, 'show unix_socket_directories')).toBe('');
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    const file = join(folder, 'postgres/cluster/password');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(folder, 'postgres/cluster/data')).mode & 0o077).toBe(0);
  });

  it('is in a group of its own: Ctrl-C ends us, and not it', async () => {
    const folder = await usedFolder();
    const other = await hold(folder, { detached: true });
    process.kill(-(other.process.pid ?? 0), 'SIGINT');
    await once(other.process, 'exit');
    expect(await ask(other.said.url, 'select 1')).toBe(1);
    await start(folder);
  });

  it('stops once, however often it is asked, and while sessions are open', async () => {
    const folder = await usedFolder();
    const server = await start(folder);
    const pid = postmasterPid(folder);
    const session = ask(server.url, 'select pg_sleep(60)').catch(() => 'ended');
    while ((await ask(server.url, "select count(*)::int from pg_stat_activity where wait_event = 'PgSleep'")) === 0);
    await Promise.all([server.stop(), server.stop()]);
    expect(isAlive(pid)).toBe(false);
    expect(await session).toBe('ended');
  });
});

describe('a second use of the same folder', () => {
  it('shares the server; the last one out stops it', async () => {
    const folder = await usedFolder();
    const [one, two] = await Promise.all([start(folder), start(folder)]);
    expect(two.url).toBe(one.url);
    expect([one.owned, two.owned].sort()).toEqual([false, true]);
    await one.stop();
    expect(await ask(two.url, 'select 1')).toBe(1);
    await two.stop();
    await expect(ask(two.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('in another process is not ours, and its server is left alone', async () => {
    const folder = await usedFolder();
    const other = await hold(folder);
    expect(other.said.owned).toBe(true);
    const mine = await start(folder);
    expect(mine).toMatchObject({ owned: false, url: other.said.url });
    await mine.stop();
    expect(await ask(other.said.url, 'select 1')).toBe(1);
    const pid = postmasterPid(folder);
    other.process.stdin?.end();
    await once(other.process, 'exit');
    expect(isAlive(pid)).toBe(false);
  });

  it('makes one database when many processes come at once', async () => {
    const folder = newFolder();
    const holders = await Promise.all([hold(folder), hold(folder), hold(folder)]);
    expect(new Set(holders.map((holder) => holder.said.url)).size).toBe(1);
    expect(holders.filter((holder) => holder.said.owned)).toHaveLength(1);
    await (await start(folder)).stop();
    for (const holder of holders) holder.process.stdin?.end();
    await gone(postmasterPid(folder));
  });
});

describe('after kill -9', () => {
  it('of our process, the server goes on and the next start owns it', async () => {
    const folder = await usedFolder();
    const other = await hold(folder);
    await ask(other.said.url, 'create table kept as select 1 as n');
    await kill(other.process);
    const pid = postmasterPid(folder);
    expect(isAlive(pid)).toBe(true);
    const mine = await start(folder);
    expect(mine).toMatchObject({ owned: true, url: other.said.url });
    expect(postmasterPid(folder)).toBe(pid);
    await mine.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('of the server, the next start recovers what was committed', async () => {
    const folder = await usedFolder();
    const first = await start(folder);
    await ask(first.url, 'create table kept as select 1 as n');
    process.kill(postmasterPid(folder), 'SIGKILL');
    await first.stop();
    const second = await start(folder);
    expect(await ask(second.url, 'select n from kept')).toBe(1);
  });

  it('of both, a number that belongs to another process by now does not mislead', async () => {
    const folder = await usedFolder();
    const first = await start(folder);
    process.kill(postmasterPid(folder), 'SIGKILL');
    await first.stop();
    const file = join(folder, 'postgres/cluster/data/postmaster.pid');
    const [, ...rest] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [String(process.pid), ...rest].join('\n'));
    const second = await start(folder);
    expect(await ask(second.url, 'select 1')).toBe(1);
    expect(isAlive(process.pid)).toBe(true);
  });

  it('in the middle of making the database, the next start makes it anew', async () => {
    const folder = newFolder();
    const child = spawnHolder(folder);
    const home = join(folder, 'postgres');
    const names = (): string[] => (existsSync(home) ? readdirSync(home) : []);
    while (!names().some((name) => name.startsWith('cluster.partial-'))) await sleep(1);
    await kill(child);
    expect(names()).not.toContain('cluster');
    const server = await start(folder);
    expect(await ask(server.url, 'select 1')).toBe(1);
    expect(names().filter((name) => name.startsWith('cluster'))).toEqual(['cluster']);
  });
});

describe('a folder that does not serve', () => {
  it('of another major version is refused, and left as it is', async () => {
    const folder = await usedFolder();
    const file = join(folder, 'postgres/cluster/data/PG_VERSION');
    writeFileSync(file, '15\n');
    await expect(start(folder)).rejects.toThrow(
      /was made by PostgreSQL 15, and this release brings PostgreSQL \d+: .*pg_dump/,
    );
    expect(readFileSync(file, 'utf8')).toBe('15\n');
  });

  it('below a file is refused with the remedy', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(start(join(folder, 'file', 'data'))).rejects.toThrow(/cannot make the data folder .*PEYK_DATA_DIR/);
  });

  whenNotRoot('may not be written is refused with the remedy', async () => {
    await expect(start(newFolder(0o500))).rejects.toThrow(/permission denied.*PEYK_DATA_DIR/);
  });

  it('whose configuration is broken says what PostgreSQL says, and where all of it is', async () => {
    const folder = await usedFolder();
    writeFileSync(join(folder, 'postgres/cluster/data/postgresql.conf'), 'shared_buffers = nonsense\n');
    await expect(start(folder)).rejects.toThrow(/does not start: .*contains errors.*postgres\.log/s);
  });

  it('whose password is lost says so, and no server is left behind', async () => {
    const folder = await usedFolder();
    writeFileSync(join(folder, 'postgres/cluster/password'), 'wrong');
    await expect(start(folder)).rejects.toThrow(/refuses us: password authentication failed/);
    expect(existsSync(join(folder, 'postgres/cluster/data/postmaster.pid'))).toBe(false);
  });
});

whenRoot('as root', () => {
  it('the server runs as another user', async () => {
    const folder = await usedFolder();
    await start(folder);
    expect(statSync(`/proc/${String(postmasterPid(folder))}`).uid).not.toBe(0);
    expect(existsSync(join(folder, 'postgres/elsewhere'))).toBe(false);
  });

  it('in a path that others cannot enter, the data go where they can, are found again, and missed when gone', async () => {
    const folder = newFolder(0o700);
    const lines: string[] = [];
    const first = await start(folder, (line) => lines.push(line));
    await ask(first.url, 'create table kept as select 1 as n');
    await first.stop();
    const place = readFileSync(join(folder, 'postgres/elsewhere'), 'utf8').trim();
    expect(lines).toEqual([expect.stringContaining(`its data are in ${place}`)]);
    const second = await start(folder);
    expect(await ask(second.url, 'select n from kept')).toBe(1);
    await second.stop();
    rmSync(place, { recursive: true });
    await start(folder, (line) => lines.push(line));
    expect(lines[1]).toContain(`are gone (${place}): starting with an empty database`);
  });
});
