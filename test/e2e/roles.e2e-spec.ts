import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import { get, phoneOf, post, put, received } from './shop.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

describe('the roles in three processes on one database', () => {
  it('do together what one does alone, and each ends in time', async () => {
    const { fake, env } = await world.kavenegar();
    const database = await world.database();
    const role = (PEYK_ROLES: string) => world.serve({ ...env, PEYK_ROLES, PEYK_DATABASE_URL: database });
    const [api, engine, sender] = await Promise.all([role('api'), role('engine'), role('sender')]);
    await put(api.url, 'c1', { phone: phoneOf(1) });
    const from = performance.now();
    expect(await post(api.url, [received('c1')])).toMatchObject({ status: 202 });
    await until('the message', () => fake.sent().length === 1);
    expect(performance.now() - from).toBeLessThan(20_000);
    expect((await get(`${engine.url}/v1/messages`)).status).toBe(404);
    for (const { url, peyk } of [api, engine, sender]) {
      // A check that takes longer than its patience on a busy machine is told as wrong, once.
      await until('readiness', async () => (await get(`${url}/health/ready`)).status === 200);
      const { code, took, err } = await peyk.stop();
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(took).toBeLessThan(10_000);
    }
  });

  it('share the work where there are several of each', async () => {
    const { fake, env } = await world.kavenegar();
    const database = await world.database();
    const all = await Promise.all([1, 2].map(() => world.serve({ ...env, PEYK_DATABASE_URL: database })));
    const ids = Array.from({ length: 40 }, (_, n) => `c${String(n)}`);
    const [one, other] = all;
    if (one === undefined || other === undefined) throw new Error('two were started');
    for (const [n, id] of ids.entries()) await put(one.url, id, { phone: phoneOf(n) });
    // Both are told of every event at once.
    await Promise.all(ids.flatMap((id) => [post(one.url, [received(id)]), post(other.url, [received(id)])]));
    await until('every message', () => fake.countsByReceiverAndText().size === 40 || fake.sent().length);
    await Promise.all(all.map(({ peyk }) => peyk.stop()));
    expect(fake.sent()).toHaveLength(40);
  });
});

describe('a provider that does not answer', () => {
  it('does not keep a process from ending in time', async () => {
    const { fake, env } = await world.kavenegar();
    fake.faults.choose((method) => (method === 'sms/send' ? { kind: 'silence', accept: false } : undefined));
    const { url, peyk } = await world.serve(env);
    await put(url, 'c1', { phone: phoneOf(1) });
    await post(url, [received('c1')]);
    await until('a call', () => (fake.calls.get('sms/send') ?? 0) > 0);
    const { code, took } = await peyk.stop();
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
  });
});
