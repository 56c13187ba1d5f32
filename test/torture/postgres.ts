import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createDataSource } from '../../src/store/data-source.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { readPostmaster } from '../../src/store/embedded/postmaster-file.js';
import { migrate } from '../../src/store/migrate.js';
import { until } from './until.js';

const TEMPLATE = 'torture_template';

/** A PostgreSQL of the torture's own, to be killed and started again. Its port is another one after that. */
export class TorturedPostgres {
  private number = 0;

  private constructor(
    private readonly folder: string,
    private readonly uses: EmbeddedPostgres[],
  ) {}

  static async start(): Promise<TorturedPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'peyk-torture-'));
    // As root the server runs as another user.
    await chmod(folder, 0o755);
    const postgres = new TorturedPostgres(folder, [await startEmbeddedPostgres({ dataDir: folder })]);
    await postgres.ask('postgres', `create database ${TEMPLATE}`);
    const dataSource = await createDataSource({ url: postgres.url(TEMPLATE), poolSize: 2 }).initialize();
    await migrate(dataSource);
    await dataSource.destroy();
    return postgres;
  }

  url(database: string): string {
    const url = new URL(this.uses.at(-1)?.url ?? '');
    url.pathname = `/${database}`;
    return url.href;
  }

  get port(): number {
    return Number(new URL(this.url('peyk')).port);
  }

  async freshDatabase(): Promise<string> {
    const name = `torture_${String((this.number += 1))}`;
    await this.ask('postgres', `create database ${name} template ${TEMPLATE}`);
    return name;
  }

  async drop(database: string): Promise<void> {
    await this.ask('postgres', `drop database if exists ${database} with (force)`);
  }

  async ask<Row extends object>(database: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.url(database) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** As a crash of the machine's database does: no word to anybody. */
  async kill(): Promise<void> {
    const pid = readPostmaster(join(this.folder, 'postgres/cluster/data'))?.pid;
    if (pid === undefined) throw new Error('there is no server to kill');
    process.kill(pid, 'SIGKILL');
    await until('the end of PostgreSQL', () => !isAlive(pid), 10_000);
  }

  async restart(): Promise<void> {
    this.uses.push(await startEmbeddedPostgres({ dataDir: this.folder }));
  }

  async stop(): Promise<void> {
    for (const use of this.uses) await use.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
