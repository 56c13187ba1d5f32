import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import { get, metric, phoneOf, post, put, readiness, received } from './shop.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

interface Told {
  readonly changed: readonly unknown[];
  readonly paused: readonly unknown[];
}

describe('what is sent by two processes at 5 a second', () => {
  it('stops within a second of `peyk pause`, and goes on with `peyk resume`, each message once', async () => {
    const { fake, env: provider } = await world.kavenegar();
    const files = world.files();
    files.edit('journeys/policy.yaml', (text) => text.replace('50 per second', '5 per second'));
    const env = { ...provider, ...files.env, PEYK_DATABASE_URL: await world.database() };
    const [{ url }, other] = await Promise.all([world.serve(env), world.serve(env)]);
    const ids = Array.from({ length: 200 }, (_, n) => `c${String(n)}`);
    for (const [n, id] of ids.entries()) await put(url, id, { phone: phoneOf(n) });
    await post(
      url,
      ids.map((id) => received(id)),
    );
    await until('the first messages', () => fake.sent().length >= 5);

    const operator = async (...args: string[]): Promise<Told> => {
      const { code, out, err } = await world.run([...args, '--json'], env);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out) as Told;
    };
    const operatorCancels = async (): Promise<{ readonly withdrawn: number }> => {
      const { code, out } = await world.run(['cancel', '--journey', 'repair-status', '--json'], env);
      expect(code).toBe(0);
      return JSON.parse(out) as { readonly withdrawn: number };
    };
    const paused = { kind: 'journey', name: 'repair-status', reason: 'by the command line' };
    expect(await operator('pause', '--journey', 'repair-status')).toMatchObject({ paused: [paused] });
    const at = Date.now();
    await post(url, [received('c0', 'another')]);
    await until('the news', async () => (await readiness(other.url)).status === 'warning');
    const health = await readiness(url);
    expect(health).toMatchObject({ code: 200, status: 'warning' });
    expect(health.checks.find(({ name }) => name === 'pauses')?.detail).toMatch(
      /^journey repair-status is paused since .* \(by the command line\): `npx peyk resume --journey repair-status`$/,
    );
    expect(await metric(url, 'peyk_journey_paused{journey="repair-status"}')).toBe(1);
    expect(await metric(url, 'peyk_held{reason="paused"}')).toBeGreaterThan(50);
    expect(await metric(url, 'peyk_decisions_total{journey="repair-status",kind="not_entered"}')).toBe(1);
    await until('a while', () => Date.now() > at + 3_000);
    expect(fake.sent().filter((sent) => sent.at > at + 1_000)).toEqual([]);

    const { messages } = JSON.parse((await get(`${url}/v1/messages?state=queued&limit=500`)).text) as {
      messages: readonly { id: string; customer: string }[];
    };
    // The one that would leave next.
    const cancelled = messages.at(-1);
    if (cancelled === undefined) throw new Error('nothing is queued');
    expect(await world.run(['cancel', '--message', cancelled.id], env)).toMatchObject({
      code: 0,
      out: '1 withdrawn\n',
    });
    expect(await world.run(['cancel', '--message', cancelled.id], env)).toMatchObject({ code: 1 });

    expect(await operator('resume', '--journey', 'repair-status')).toMatchObject({ changed: [{}], paused: [] });
    const resumed = Date.now();
    await until('it to go on', () => (fake.sent().at(-1)?.at ?? 0) > at + 1_000);
    expect(Date.now() - resumed).toBeLessThan(20_000);
    await until('the next ones', () => fake.sent().filter((sent) => sent.at > resumed).length >= 15);
    expect((await operatorCancels()).withdrawn).toBeGreaterThan(0);
    const receivers = fake.sent().map(({ receptor }) => receptor);
    expect(new Set(receivers).size).toBe(receivers.length);
    expect(receivers).not.toContain(phoneOf(Number(cancelled.customer.slice(1))));
  });
});

describe('stopping what is sent', () => {
  it('says what it takes, and which name was meant', async () => {
    const env = { PEYK_DATABASE_URL: await world.database() };
    expect(await world.run(['pause'], env)).toMatchObject({
      code: 2,
      err: 'say what: --journey, --channel, --purpose or --all\n',
    });
    expect(await world.run(['cancel', '--json'], env)).toMatchObject({ code: 2 });
    expect(await world.run(['cancel', '--message', 'x1'], env)).toMatchObject({ code: 2 });
    expect(await world.run(['pause', '--journey', 'repair-statsu'], env)).toMatchObject({ code: 2 });
    expect((await world.run(['pause', '--channel', 'sm'], env)).err).toBe(
      'there is no channel "sm"; did you mean "sms"?\n',
    );
    expect((await world.run(['pause', '--all', '--purpose', 'transactional'], env)).out).toBe(
      'everything: paused\npurpose transactional: paused\npaused now: everything, purpose transactional\n',
    );
    expect((await world.run(['resume', '--all'], env)).out).toBe(
      'everything: going on\npaused now: purpose transactional\n',
    );
  });

  it('works where the files are broken just now', async () => {
    const files = world.files();
    files.edit('journeys/repair-status.yaml', (text) => text.replace('send: repair-ready', 'send: repair-redy'));
    const env = { ...files.env, PEYK_DATABASE_URL: await world.database() };
    expect(await world.run(['pause', '--all', '--json'], env)).toMatchObject({ code: 0 });
  });
});
