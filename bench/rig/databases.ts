import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { createDataSource } from '../../src/store/data-source.js';
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { migrate } from '../../src/store/migrate.js';

export interface BenchDatabase {
  readonly url: string;
  run<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Lets go of it, and leaves it there. */
  leave(): Promise<void>;
  drop(): Promise<void>;
}

export interface Databases {
  /** A database with our tables, for one run: empty, or as a template that was made. */
  fresh(template?: string): Promise<BenchDatabase>;
  /** Fills a database to be copied. */
  template(name: string, fill: (database: BenchDatabase) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** An embedded PostgreSQL of the bench's own, with a database of our tables to copy. */
export async function openDatabases(): Promise<Databases> {
  const folder = await mkdtemp(path.join(tmpdir(), 'peyk-bench-'));
  const server = await startEmbeddedPostgres({ dataDir: folder });
  const close = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await migrateTemplate(server.url);
  } catch (error) {
    await close();
    throw error;
  }
  let number = 0;
  const fresh = (template = 'bench_template'): Promise<BenchDatabase> =>
    cloneTemplate(server.url, template, `bench_${String((number += 1))}`);
  const template = async (name: string, fill: (database: BenchDatabase) => Promise<void>): Promise<void> => {
    const database = await cloneTemplate(server.url, 'bench_template', name);
    try {
      await fill(database);
    } catch (error) {
      await close();
      throw error;
    } finally {
      await database.leave();
    }
  };
  return { fresh, template, close };
}

async function migrateTemplate(url: string): Promise<void> {
  await withClient(url, (client) => client.query('create database bench_template'));
  const dataSource = await createDataSource({ url: urlOf(url, 'bench_template'), poolSize: 2 }).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
}

async function cloneTemplate(server: string, template: string, name: string): Promise<BenchDatabase> {
  await withClient(server, (client) => client.query(`create database ${name} template ${template}`));
  const url = urlOf(server, name);
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return {
    url,
    run: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(sql, [...values])).rows,
    leave: () => client.end().catch(() => undefined),
    drop: async () => {
      await client.end().catch(() => undefined);
      // What this run wrote is flushed now and not while the next is timed.
      await withClient(server, async (other) => {
        await other.query(`drop database if exists ${name} with (force)`);
        await other.query('checkpoint');
      });
    },
  };
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
