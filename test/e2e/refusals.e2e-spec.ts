import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { once } from 'node:events';
import { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { startTestPostgres } from '../servers/postgres/test-postgres.js';
import { get, post, put, received } from './shop.js';
import { freePort, World } from './world.js';

const world = new World();
afterEach(() => world.end());

async function emptyDatabase(): Promise<string> {
  const { url } = await startTestPostgres();
  const name = `e2e_${randomBytes(5).toString('hex')}`;
  const ask = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await ask(`create database ${name} encoding 'UTF8' template template0`);
  world.defer(() => ask(`drop database if exists ${name} with (force)`));
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

describe('peyk serve refuses to start, with exit code 1 and the remedy,', () => {
  it('on a port that something else listens on', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    world.defer(() => other.close());
    const address = other.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    const { code, err } = await world.run(['serve'], { PEYK_DATABASE_URL: await world.database(), PEYK_PORT: port });
    expect(err).toBe(
      `port ${port} on 127.0.0.1 is in use: stop what listens there, or set PEYK_PORT to another port.\n`,
    );
    expect(code).toBe(1);
  });

  it('where no database listens', async () => {
    const url = `postgres://peyk:very-secret@127.0.0.1:${String(await freePort())}/peyk`;
    const { code, out, err } = await world.run(['serve'], { PEYK_DATABASE_URL: url });
    expect(err).toMatch(
      /^the database 127\.0\.0\.1:\d+\/peyk cannot be used: nothing listens there: is PostgreSQL running\?.*\n$/,
    );
    expect(code).toBe(1);
    expect(out + err).not.toContain('very-secret');
  });

  it('with a wrong password, which it never prints', async () => {
    const url = new URL(await world.database());
    url.password = 'wrong-but-secret';
    for (const command of ['serve', 'migrate']) {
      const { code, out, err } = await world.run([command], { PEYK_DATABASE_URL: url.href });
      expect(err).toMatch(/cannot be used: it refuses the user or the password \(PEYK_DATABASE_URL\).*\n$/);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(code).toBe(1);
      expect(out + err).not.toContain('wrong-but-secret');
    }
  });

  it('with every wrong variable named at once', async () => {
    const { code, err } = await world.run(['serve'], {
      PEYK_PROT: '3000',
      PEYK_PORT: 'eighty',
      PEYK_ROLES: 'api,cook',
      PEYK_TELEGRAM_TOKEN: '123/very-secret',
      PEYK_DATABASE_URL: 'mysql://root:very-secret@db/peyk',
      PEYK_KAFKA_TOPICS: 'a',
    });
    expect(code).toBe(1);
    expect(err).toContain('PEYK_PROT: there is no such variable; did you mean PEYK_PORT?');
    expect(err).toContain('PEYK_PORT: expected a port from 0 to 65535, got "eighty"');
    expect(err).toContain('PEYK_ROLES: expected some of api, engine, sender');
    expect(err).toContain('PEYK_TELEGRAM_TOKEN: expected a token such as 123456:ABC-DEF');
    expect(err).toContain('PEYK_DATABASE_URL: expected a URL such as postgres://');
    expect(err).toContain('PEYK_KAFKA_TOPICS: has no effect without PEYK_KAFKA_BROKERS');
    expect(err).not.toContain('very-secret');
  });

  it('on files that are wrong, each with its place', async () => {
    const { env, edit } = world.files();
    edit('journeys/repair-status.yaml', (text) => text.replace('send: repair-ready', 'send: repair-redy'));
    edit('journeys/policy.yaml', (text) => `${text}calender: jalali\n`);
    edit('journeys/events.yaml', (text) => `${text}  : [\n`);
    const { code, out, err } = await world.run(['serve'], { ...env, PEYK_DATABASE_URL: await world.database() });
    expect(code).toBe(1);
    expect(out).not.toContain('"ready"');
    expect(err).toMatch(
      /repair-status\.yaml:\d+:\d+: there is no template "repair-redy"; did you mean "repair-ready"\?/,
    );
    expect(err).toMatch(/policy\.yaml:\d+:\d+: .*calender/);
    expect(err).toMatch(/events\.yaml:\d+:\d+: /);
  });

  it('on a data folder that cannot be written', async () => {
    const { code, err } = await world.run(['serve'], { PEYK_DATA_DIR: '/dev/null/data' });
    expect(code).toBe(1);
    expect(err).toContain('/dev/null/data');
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('a database that was not migrated', () => {
  it('is refused with the command that mends it, which then does', async () => {
    const database = await emptyDatabase();
    const refused = await world.run(['serve'], { PEYK_DATABASE_URL: database });
    expect(refused.err).toMatch(/^the database lacks .*: run `npx peyk migrate` first\.\n$/);
    expect(refused.code).toBe(1);

    const migrated = await world.run(['migrate'], { PEYK_DATABASE_URL: database });
    expect(migrated).toMatchObject({ code: 0, err: '' });
    expect(migrated.out).toMatch(/^done: /);
    expect(await world.run(['migrate'], { PEYK_DATABASE_URL: database })).toMatchObject({
      code: 0,
      out: 'nothing to do: the database has this version\n',
    });
    const { url } = await world.serve({ PEYK_DATABASE_URL: database });
    expect((await get(`${url}/health/ready`)).status).toBe(200);
  });

  it('is not asked for where there is none to migrate', async () => {
    const { code, err } = await world.run(['migrate']);
    expect(code).toBe(2);
    expect(err).toContain('PEYK_DATABASE_URL');
  });
});

describe('bodies of HTTP that cannot be taken', () => {
  it('are answered with the place, and nothing beside them is lost', async () => {
    const { url, peyk } = await world.serve();
    const body = async (text: string, type = 'application/cloudevents+json'): Promise<Response> =>
      fetch(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': type }, body: text });
    await put(url, 'c1', { phone: '09121234567' });
    expect((await body('{"specversion":')).status).toBe(400);
    const large = path.join(world.folder(), 'large.json');
    writeFileSync(large, ' '.repeat(10 * 1024 * 1024 + 1));
    const { stdout } = await promisify(execFile)('curl', [
      ...['-s', `${url}/v1/events`, '-H', 'content-type: application/json', '--data-binary', `@${large}`],
    ]);
    expect(stdout).toMatch(/is larger than \d+ MiB; send the events in several requests/);
    const { subject, ...withoutSubject } = received('c1', 'r-0');
    expect(subject).toBe('c1');
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const batch = [
      withoutSubject,
      received('c1'),
      { ...received('c1', 'r-2'), time: future },
      { ...received('c1', 'r-3'), type: 'repair.recieved' },
      { ...received('c1', 'r-4'), data: { repair_id: 4, device: 'x' } },
      { ...received('c1', 'r-5'), data: { device: 'x' } },
    ];
    const { status, text } = await post(url, batch);
    expect(status).toBe(207);
    const { accepted, rejected } = JSON.parse(text) as { accepted: number; rejected: { index: number }[] };
    // A clock that is ahead is no reason to refuse: such a time is read as the arrival.
    expect(accepted).toBe(2);
    expect(rejected.map(({ index }) => index)).toEqual([0, 3, 4, 5]);
    expect(text).toMatch(/did you mean \\?"repair\.received/);
    expect(peyk.running).toBe(true);
  });
});
