import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await freshDatabase();
});
afterAll(async () => {
  await server.drop();
});

function run(script: string, url: string, ...args: string[]): SpawnSyncReturns<string> {
  const loader = ['--import', './test/servers/typescript-loader.mjs'];
  const env = { PATH: process.env['PATH'], PEYK_DATABASE_URL: url };
  return spawnSync(process.execPath, [...loader, `scripts/${script}.ts`, ...args], { env, encoding: 'utf8' });
}

async function ask(sql: string): Promise<unknown> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows[0] === undefined ? undefined : Object.values(rows[0])[0];
}

describe('npm run db:reset', () => {
  it('empties the database and migrates it', async () => {
    await ask("insert into customer (id, decided_at, created_at) values ('one', now(), now())");
    await ask('create table left_over ()');
    const { status, stdout } = run('db-reset', server.url);
    expect(status).toBe(0);
    expect(stdout).toContain('first-0000000000001');
    expect(await ask('select count(*)::int from customer')).toBe(0);
    expect(await ask("select to_regclass('left_over')::text")).toBeNull();
  });

  it.each(['postgres://a:secret@db.example/shop', 'postgres://a:secret@localhost/shop?host=db.example'])(
    'refuses another machine without --yes: %s',
    (url) => {
      const { status, stderr } = run('db-reset', url);
      expect(status).toBe(2);
      expect(stderr).toContain('everything in it would be lost');
      expect(stderr).toContain('--yes');
      expect(stderr).not.toContain('secret');
    },
  );
});

describe('npm run db:dump', () => {
  it('writes the snapshot that is committed, and leaves no database behind', async () => {
    const before = readFileSync('schema/database.sql', 'utf8');
    const { status, stdout } = run('db-dump', server.url);
    expect(status).toBe(0);
    expect(stdout).toContain('wrote schema/database.sql');
    expect(readFileSync('schema/database.sql', 'utf8')).toBe(before);
    expect(await ask("select count(*)::int from pg_database where datname like 'peyk_dump_%'")).toBe(0);
  });
});
