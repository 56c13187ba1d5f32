import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { FakeKavenegar, type FakeKavenegarSettings } from '../servers/kavenegar/server.js';
import { freshDatabase } from '../servers/postgres/test-postgres.js';
import { FakeSmtp } from '../servers/smtp/server.js';
import { checkout, PeykProcess, type Ended, type Env } from './peyk-process.js';

export const apiKey = 'kavenegar-key-that-nobody-may-see';

/** Everything that a test starts or makes, ended and removed again in reverse order. */
export class World {
  private readonly undo: (() => unknown)[] = [];

  async end(): Promise<void> {
    for (const step of this.undo.splice(0).reverse()) await step();
  }

  /** A folder that PostgreSQL's own user may enter, too. */
  folder(): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'peyk-e2e-'));
    chmodSync(folder, 0o755);
    this.undo.push(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    return folder;
  }

  /** A data folder; a server that a killed process left in it is stopped in the end. */
  dataFolder(): string {
    const folder = this.folder();
    this.undo.push(async () => {
      if (existsSync(path.join(folder, 'postgres'))) await (await startEmbeddedPostgres({ dataDir: folder })).stop();
    });
    return folder;
  }

  start(args: readonly string[], env: Env = {}, cwd?: string, build?: string): PeykProcess {
    const started = new PeykProcess(args, { PEYK_PORT: '0', ...env }, cwd, build);
    this.undo.push(async () => {
      if (!started.running) return;
      started.signal('SIGKILL');
      await started.ended;
    });
    return started;
  }

  async run(args: readonly string[], env: Env = {}, input = ''): Promise<Ended> {
    const started = this.start(args, env);
    started.type(input);
    return started.ended;
  }

  /** `peyk serve` on a database of its own, unless `env` names one. */
  async serve(
    env: Env = {},
    build?: string,
  ): Promise<{ readonly peyk: PeykProcess; readonly url: string; readonly database: string }> {
    const database = env['PEYK_DATABASE_URL'] ?? (await this.database());
    const all = { PEYK_DATABASE_URL: database, PEYK_DATA_DIR: '/nonexistent', ...env };
    const peyk = this.start(['serve'], all, undefined, build);
    return { peyk, url: await peyk.url(), database };
  }

  async database(): Promise<string> {
    const fresh = await freshDatabase();
    this.undo.push(() => fresh.drop());
    return fresh.url;
  }

  async kavenegar(settings: FakeKavenegarSettings = {}): Promise<{ readonly fake: FakeKavenegar; readonly env: Env }> {
    const fake = await new FakeKavenegar({ apiKeys: [apiKey], ...settings }).listen();
    this.undo.push(() => fake.close());
    return { fake, env: { PEYK_KAVENEGAR_API_KEY: apiKey, PEYK_KAVENEGAR_BASE_URL: fake.url } };
  }

  async smtp(): Promise<FakeSmtp> {
    const fake = await new FakeSmtp({ auth: { user: 'shop', pass: 'mail-password' } }).listen();
    this.undo.push(() => fake.close());
    return fake;
  }

  /** The shipped journeys and templates in a folder of their own, to be changed; and the variables that name it. */
  files(): {
    readonly folder: string;
    readonly env: Env;
    readonly edit: (file: string, change: (text: string) => string) => void;
  } {
    const folder = this.folder();
    for (const name of ['journeys', 'templates'])
      cpSync(path.join(checkout, name), path.join(folder, name), { recursive: true });
    const env = {
      PEYK_JOURNEYS_DIR: path.join(folder, 'journeys'),
      PEYK_TEMPLATES_DIR: path.join(folder, 'templates'),
    };
    const edit = (file: string, change: (text: string) => string): void => {
      const full = path.join(folder, file);
      writeFileSync(full, change(existsSync(full) ? readFileSync(full, 'utf8') : ''));
    };
    return { folder, env, edit };
  }

  defer(work: () => unknown): void {
    this.undo.push(work);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

/** The process of the embedded PostgreSQL of a data folder. */
export function postgresPid(dataFolder: string): number {
  return Number(readFileSync(path.join(dataFolder, 'postgres/cluster/data/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A zombie that nobody reaps has ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = existsSync('/proc/self/stat') ? readFileSync(`/proc/${String(pid)}/stat`, 'utf8') : ') R';
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}
