import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createDataSource } from '../../../src/store/data-source.js';
import { startEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.js';
import { migrate } from '../../../src/store/migrate.js';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestPostgres {
  /** A database of the server that nobody tests in. */
  readonly url: string;
  /** An empty database with all migrations, for one test file. */
  freshDatabase(): Promise<TestDatabase>;
}

const TEMPLATE_LOCK = 7_239_003;

let started: Promise<TestPostgres> | undefined;

/**
 * PostgreSQL for tests: the server of PEYK_TEST_DATABASE_URL, else an embedded one that all files of a run share. The run's
 * global set-up and teardown (beside this file) give it its folder and stop it.
 */
export function startTestPostgres(): Promise<TestPostgres> {
  return (started ??= start());
}

export async function freshDatabase(): Promise<TestDatabase> {
  return (await startTestPostgres()).freshDatabase();
}

async function start(): Promise<TestPostgres> {
  const run = variable('PEYK_TEST_RUN');
  const given = process.env['PEYK_TEST_DATABASE_URL'] ?? '';
  const url = given === '' ? await startEmbedded() : given;
  const template = `${run}_template`;
  await withClient(url, (client) => ensureTemplate(client, url, template));
  return { url, freshDatabase: () => cloneTemplate(url, run, template) };
}

/** Never stopped from here: the next test file uses it too. */
async function startEmbedded(): Promise<string> {
  return (await startEmbeddedPostgres({ dataDir: variable('PEYK_TEST_FOLDER') })).url;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value !== undefined) return value;
  throw new Error(
    `${name} is not set: jest.config.js has to name test/servers/postgres/global-setup.mjs as globalSetup`,
  );
}

/** One process makes it, under another name until it is whole. */
async function ensureTemplate(client: Client, url: string, template: string): Promise<void> {
  await client.query(`select pg_advisory_lock(${String(TEMPLATE_LOCK)})`);
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
  if (rowCount === 1) return;
  const unfinished = `${template}_unfinished`;
  await client.query(`drop database if exists ${unfinished}`);
  await client.query(`create database ${unfinished} encoding 'UTF8' template template0`);
  await migrateAll(databaseUrl(url, unfinished));
  await client.query(`alter database ${unfinished} rename to ${template}`);
}

async function migrateAll(url: string): Promise<void> {
  const dataSource = await createDataSource({ url, poolSize: 2 }).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
}

async function cloneTemplate(url: string, run: string, template: string): Promise<TestDatabase> {
  const name = `${run}_${randomBytes(5).toString('hex')}`;
  await withClient(url, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: databaseUrl(url, name),
    drop: async () => {
      await withClient(url, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
