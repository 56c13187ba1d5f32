import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/store/data-source.js';
import { migrate, pendingMigrations, revertLastMigration } from '../../../src/store/migrate.js';
import { SqlMigration } from '../../../src/store/sql-migration.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';

const ALL = [
  'first-0000000000001',
  'tasks-and-emits-0000000000002',
  'policy-0000000000003',
  'way-back-0000000000004',
  'outcomes-0000000000005',
  'links-0000000000006',
  'webhooks-0000000000007',
  'merging-0000000000008',
  'beyond-one-attempt-0000000000009',
  'what-is-due-0000000000010',
  'vacuumed-sooner-0000000000011',
];

let server: TestDatabase;
const open: DataSource[] = [];

beforeEach(async () => {
  server = await freshDatabase();
});
afterEach(async () => {
  for (const dataSource of open.splice(0)) await dataSource.destroy();
  await server.drop();
});

async function connect(url = server.url): Promise<DataSource> {
  const dataSource = await createDataSource({ url, poolSize: 3 }).initialize();
  open.push(dataSource);
  return dataSource;
}

async function empty(): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
}

async function count(dataSource: DataSource, sql: string): Promise<number> {
  const rows: { count: number }[] = await dataSource.query(`select count(*) as count from ${sql}`);
  return rows[0]?.count ?? -1;
}

/** What is there beside TypeORM's own table. */
function ours(dataSource: DataSource): Promise<number> {
  return count(
    dataSource,
    `(select relname::text as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v', 'i')
      union all select proname::text from pg_proc where pronamespace = 'public'::regnamespace) things
     where name not like 'migration%' and name not like 'PK_%'`,
  );
}

describe('migrating', () => {
  it('brings an empty database up to date, and says with what', async () => {
    await empty();
    const dataSource = await connect();
    expect(await pendingMigrations(dataSource)).toEqual(ALL);
    expect(await migrate(dataSource)).toEqual(ALL);
    expect(await pendingMigrations(dataSource)).toEqual([]);
    expect(await migrate(dataSource)).toEqual([]);
  });

  it('goes down to nothing and up again', async () => {
    const dataSource = await connect();
    const before = await ours(dataSource);
    for (const name of [...ALL].reverse()) {
      await revertLastMigration(dataSource);
      expect(await pendingMigrations(dataSource)).toContain(name);
    }
    expect(await ours(dataSource)).toBe(0);
    expect(await migrate(dataSource)).toEqual(ALL);
    expect(await ours(dataSource)).toBe(before);
  });

  it('happens once when several processes come together', async () => {
    await empty();
    const sources = await Promise.all([connect(), connect(), connect(), connect()]);
    const ran = await Promise.all(sources.map(migrate));
    expect(ran.flat()).toEqual(ALL);
    expect(await count(await connect(), 'migration')).toBe(ALL.length);
  });

  it('leaves sessions of the pool as they were', async () => {
    const dataSource = await createDataSource({ url: server.url, poolSize: 1 }).initialize();
    open.push(dataSource);
    await migrate(dataSource);
    const [row] = await dataSource.query<Record<string, string>[]>(
      `select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
         (select count(*) from pg_locks where locktype = 'advisory') as held`,
    );
    expect(row).toEqual({ lock: '0', statement: '30s', held: 0 });
  });

  it('refuses an encoding that cannot hold Persian', async () => {
    const url = new URL(server.url);
    const name = `${url.pathname.slice(1)}_ascii`;
    const first = await connect();
    await first.query(`create database ${name} encoding 'SQL_ASCII' template template0 locale 'C'`);
    url.pathname = `/${name}`;
    const ascii = await createDataSource({ url: url.href }).initialize();
    await expect(migrate(ascii)).rejects.toThrow(/encoding is SQL_ASCII, and Persian needs UTF8/);
    await ascii.destroy();
    await first.query(`drop database ${name}`);
  });
});

class Broken extends SqlMigration {
  protected readonly file = '0003-broken';
  override async up(queryRunner: Parameters<SqlMigration['up']>[0]): Promise<void> {
    await queryRunner.query('create table half (id integer)');
    await queryRunner.query('alter table customer add column id text');
  }
}

class Waiting extends SqlMigration {
  protected readonly file = '0004-waiting';
  override async up(queryRunner: Parameters<SqlMigration['up']>[0]): Promise<void> {
    await queryRunner.query("set local lock_timeout = '50ms'; alter table customer add column note text");
  }
}

describe('a migration that fails', () => {
  it('leaves nothing of itself, and lets the next process try', async () => {
    const dataSource = await connect();
    dataSource.migrations.push(new Broken());
    await expect(migrate(dataSource)).rejects.toThrow('column "id" of relation "customer" already exists');
    expect(await count(dataSource, "pg_class where relname = 'half'")).toBe(0);
    expect(await pendingMigrations(dataSource)).toEqual(['broken-0000000000003']);
    expect(await migrate(await connect())).toEqual([]);
  });

  it('because a table is in use gives up soon, and succeeds later', async () => {
    const dataSource = await connect();
    dataSource.migrations.push(new Waiting());
    const user = dataSource.createQueryRunner();
    await user.startTransaction();
    await user.query('select from customer');
    await expect(migrate(dataSource)).rejects.toThrow('lock timeout');
    await user.rollbackTransaction();
    await user.release();
    expect(await migrate(dataSource)).toEqual(['waiting-0000000000004']);
  });
});

class Concurrent extends SqlMigration {
  protected readonly file = '0005-concurrent';
  override readonly transaction = false;
  override async up(queryRunner: Parameters<SqlMigration['up']>[0]): Promise<void> {
    await queryRunner.query('create index concurrently customer_seq on customer (seq)');
  }
  override async down(queryRunner: Parameters<SqlMigration['up']>[0]): Promise<void> {
    await queryRunner.query('drop index concurrently customer_seq');
  }
}

describe('a migration outside a transaction', () => {
  it('builds an index concurrently while another process waits its turn, and takes it back', async () => {
    const [one, two] = await Promise.all([connect(), connect()]);
    for (const dataSource of [one, two]) dataSource.migrations.push(new Concurrent());
    const ran = await Promise.all([migrate(one), migrate(two)]);
    expect(ran.flat()).toEqual(['concurrent-0000000000005']);
    await revertLastMigration(one);
    expect(await count(one, "pg_class where relname = 'customer_seq'")).toBe(0);
  });
});
