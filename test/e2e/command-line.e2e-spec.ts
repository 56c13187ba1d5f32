import { jest } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { statement } from '../../src/store/connection.js';
import { PostgresDatabase } from '../../src/store/database.js';
import { until } from '../integration/kafka/until.js';
import { phoneOf, post, put, ready, received } from './shop.js';
import { freePort, World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

function fileWith(text: string, name = 'events.jsonl'): string {
  const file = path.join(world.folder(), name);
  writeFileSync(file, text);
  return file;
}

describe('peyk', () => {
  it.each([[['--help']], [['check', '--help']], [['dead-letters', '--help']]])(
    '%j explains itself and ends with 0',
    async (args) => {
      const { code, out, err } = await world.run(args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/^Usage: peyk /);
    },
  );

  it.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['chek'], /Did you mean check\?/],
    [['check', '--jurneys', 'x'], /unknown option '--jurneys'/],
    [['simulate', '--until', '2026-12-01'], /required option '--events/],
    [['send-event'], /missing required argument 'file'/],
    [['dead-letters', 'show', 'seven'], /expected a whole number, got seven/],
    [['explain', '--customer', 'c1', '--until', '2026-12-01'], /--until is of a simulation; add --simulate/],
    [['explain', '--verify', '--sample', 'many'], /expected a whole number, got many/],
    [[], /Usage: peyk/],
  ])('%j is wrong usage: 2, and it says why', async (args, said) => {
    const { code, out, err } = await world.run(args, { PEYK_DATABASE_URL: await world.database() });
    expect(err).toMatch(said);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('peyk check', () => {
  it('ends with 0 where all is well, with 1 where it is not, by lines or as JSON', async () => {
    expect(await world.run(['check'])).toEqual({ code: 0, out: 'well: 7 journeys\n', err: '' });
    expect(await world.run(['check', '--json'])).toEqual({ code: 0, out: '[]\n', err: '' });
    const { env, edit } = world.files();
    edit('journeys/repair-status.yaml', (text) => text.replace('purpose: transactional', 'purpose: transaktional'));
    const wrong = await world.run(['check'], env);
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(/repair-status\.yaml:\d+:\d+: .*did you mean "transactional"\?\n1 error\n/);
    const json = await world.run(['check', '--json'], env);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject([{ severity: 'error', line: 4 }]);
    expect(json.out).toContain('transaktional');
  });

  it('takes its folders from options and says where there is none', async () => {
    const { code, out } = await world.run(['check', '--journeys', '/nonexistent/journeys']);
    expect(code).toBe(1);
    expect(out).toContain('/nonexistent/journeys');
  });
});

describe('peyk simulate', () => {
  const events = (): string =>
    fileWith(
      [
        { ...received('c1'), time: '2026-11-22T08:00:00Z' },
        { ...ready('c1'), time: '2026-11-22T10:00:00Z' },
      ]
        .map((event) => JSON.stringify(event))
        .join('\n'),
    );
  const customers = (): string =>
    fileWith(`${JSON.stringify({ id: 'c1', phone: '09121234567' })}\n`, 'customers.jsonl');

  it('prints one JSON object a line, without a database or a network', async () => {
    const args = [
      'simulate',
      '--events',
      events(),
      '--customers',
      customers(),
      '--until',
      '2026-11-23T00:00:00Z',
      '--json',
    ];
    const { code, out, err } = await world.run(args, { PEYK_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const printed = lines(out).map((line) => JSON.parse(line) as { kind: string });
    expect(printed.filter(({ kind }) => kind === 'sent')).toHaveLength(2);
    expect((await world.run(args)).out).toBe(out);
  });

  it('ends with 1 where the files are wrong, with 2 where it is used wrongly, and says why', async () => {
    const { env, edit } = world.files();
    edit('journeys/repair-status.yaml', (text) => text.replace('send: repair-ready', 'send: repair-redy'));
    const args = ['simulate', '--events', events(), '--until', '2026-11-23'];
    const wrong = await world.run(args, env);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('repair-redy');
    for (const [bad, said] of [
      [['simulate', '--events', '/nonexistent', '--until', '2026-11-23'], '/nonexistent cannot be read'],
      [['simulate', '--events', events(), '--until', 'tomorrow'], '--until tomorrow'],
      [[...args, '--channel-results', 'pigeon=failed'], 'pigeon=failed'],
    ] as const) {
      const { code, err } = await world.run(bad);
      expect(err).toContain(said);
      expect(code).toBe(2);
    }
  });
});

describe('peyk send-event', () => {
  it('takes one object, an array, JSON Lines and standard input, and names what is refused', async () => {
    const { fake, env } = await world.kavenegar();
    const { url } = await world.serve({ ...env, PEYK_API_KEYS: 'key-of-the-shop' });
    const shop = { PEYK_API_KEYS: 'key-of-the-shop' };
    for (const n of [1, 2, 3, 4]) {
      await fetch(`${url}/v1/customers/c${String(n)}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', authorization: 'Bearer key-of-the-shop' },
        body: JSON.stringify({ phone: phoneOf(n) }),
      });
    }
    const send = (file: string, input = '', ...more: string[]) =>
      world.run(['send-event', file, '--url', url, ...more], shop, input);
    expect(await send(fileWith(JSON.stringify(received('c1'), undefined, 2)))).toEqual({
      code: 0,
      out: '1 accepted, 0 seen before, 0 refused\n',
      err: '',
    });
    expect((await send(fileWith(JSON.stringify([received('c1'), received('c2')])))).out).toBe(
      '1 accepted, 1 seen before, 0 refused\n',
    );
    const jsonLines = `${JSON.stringify(received('c3'))}\n\n${JSON.stringify({ ...received('c4', 'r-x'), type: 'repair.recieved' })}\n`;
    const refused = await send('-', jsonLines);
    expect(refused.code).toBe(1);
    expect(refused.out).toBe('1 accepted, 0 seen before, 1 refused\n');
    expect(refused.err).toMatch(
      /^-:3 \(received\/r-x\): type "repair\.recieved" is not in the catalogue; did you mean "repair\.received"\?\n$/,
    );
    const json = await send('-', JSON.stringify(received('c4')), '--json');
    expect(JSON.parse(json.out)).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    await until('the messages', () => fake.sent().length === 4);

    const slip = { ...received('c4', 'r-slip'), type: 'customer.updated', data: { phne: '09121234567' } };
    expect(await send('-', `${JSON.stringify(received('c4'))}\n${JSON.stringify(slip)}\n`)).toEqual({
      code: 0,
      out: '1 accepted, 1 seen before, 0 refused\n',
      err: '-:2 (received/r-slip): warning: unknown attribute "phne"; did you mean phone?\n',
    });

    for (const nothing of ['', '\n\n', '[]']) {
      expect(await send('-', nothing)).toEqual({ code: 2, out: '', err: '- is empty: there is no event to send\n' });
    }
    const inArray = await send('-', JSON.stringify([received('c1'), { id: 'x' }]));
    expect(inArray.err).toMatch(/^event 1 \(x\): specversion is missing/);

    const broken = await send('-', '{"id": 1}\n{"id": \n');
    expect(broken.code).toBe(2);
    expect(broken.err).toMatch(/^-:2: is no JSON/);
    const unknown = await world.run(['send-event', '-', '--url', url], {}, JSON.stringify(received('c1')));
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('answered 401');
  });

  it('numbers what is refused through all of a large file', async () => {
    const { url } = await world.serve();
    await put(url, 'c1', { phone: phoneOf(1) });
    const many = Array.from({ length: 1_200 }, (_, n) => received('c1', `r-${String(n)}`));
    const file = fileWith(
      many.map((event, n) => JSON.stringify(n === 1_100 ? { ...event, subject: '' } : event)).join('\n'),
    );
    const { code, out, err } = await world.run(['send-event', file, '--url', url]);
    expect(out).toBe('1199 accepted, 0 seen before, 1 refused\n');
    expect(err).toMatch(/^\S+events\.jsonl:1101 /);
    expect(code).toBe(1);
  });

  it('says where nothing answers', async () => {
    const port = String(await freePort());
    const { code, err } = await world.run(['send-event', fileWith(JSON.stringify(received('c1')))], {
      PEYK_PORT: port,
    });
    expect(err).toMatch(new RegExp(`^nothing answers at http://127\\.0\\.0\\.1:${port}: .*npm start`));
    expect(code).toBe(1);
  });
});

describe('peyk explain --verify', () => {
  it('ends with 0 where all is as it would be decided, with 1 where something is not, and hides phone numbers', async () => {
    const { fake, env } = await world.kavenegar();
    const { url, database } = await world.serve(env);
    for (const n of [1, 2]) {
      await put(url, `c${String(n)}`, { phone: phoneOf(n) });
      await post(url, [received(`c${String(n)}`)]);
      await post(url, [ready(`c${String(n)}`)]);
    }
    await until('the messages', () => fake.sent().length === 4);
    const verify = (...more: string[]) =>
      world.run(['explain', '--verify', '--seed', '7', ...more], { PEYK_DATABASE_URL: database });
    expect(await verify()).toEqual({
      code: 0,
      out: '2 customers (seed 7), 2 enrolments, 4 messages; 0 differences; 0 could not be verified\n',
      err: '',
    });

    const db = await PostgresDatabase.connect({ url: database, poolSize: 1 });
    await db.run(
      statement(
        '',
        `update message set address = '+989120000000' where template = 'repair-ready' and customer_id = 'c1'`,
      ),
    );
    await db.close();
    const wrong = await verify('--json');
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out)).toMatchObject({
      ...{ customers: 2, seed: 7, unverified: [] },
      differences: [{ customer: 'c1', expected: '+98912*****01', found: '+98912*****00' }],
    });
    expect(await verify('--customer', 'c2')).toMatchObject({ code: 0 });
    expect(await verify('--customer', 'nobody')).toEqual({ code: 1, out: '', err: 'there is no customer nobody\n' });
  });
});
