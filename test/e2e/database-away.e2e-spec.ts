import { jest } from '@jest/globals';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { until } from '../integration/kafka/until.js';
import { phoneOf, post, put, readiness, received } from './shop.js';
import { Switch } from './switch.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

const portOf = (server: EmbeddedPostgres): number => Number(new URL(server.url).port);

describe('a database that goes away and comes back under peyk serve', () => {
  it('is told meanwhile; afterwards nothing that was answered is lost, and nothing leaves twice', async () => {
    const { fake, env } = await world.kavenegar({ latencyMs: 10 });
    const dataDir = world.dataFolder();
    const first = await startEmbeddedPostgres({ dataDir });
    const lead = new Switch();
    world.defer(() => lead.close());
    await lead.open(portOf(first));
    const through = new URL(first.url);
    through.port = String(lead.port);
    expect(await world.run(['migrate'], { PEYK_DATABASE_URL: through.href })).toMatchObject({ code: 0 });
    const { url, peyk } = await world.serve({ ...env, PEYK_DATABASE_URL: through.href });
    const ids = Array.from({ length: 60 }, (_, n) => `c${String(n)}`);
    for (const [n, id] of ids.entries()) await put(url, id, { phone: phoneOf(n) });

    const answers = await Promise.all(ids.slice(0, 40).map((id) => post(url, [received(id)])));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await lead.close();
    await first.stop();

    const refused = await post(url, [received('c50')]);
    expect(refused).toMatchObject({ status: 503 });
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused.text).toContain('the database does not answer');
    const health = await readiness(url);
    expect(health).toMatchObject({ code: 503, status: 'wrong' });
    expect(health.checks.find(({ name }) => name === 'database')?.detail).toMatch(
      /does not answer: .+ PostgreSQL runs/,
    );
    expect((await fetch(`${url}/health/live`)).status).toBe(200);

    const second = await startEmbeddedPostgres({ dataDir });
    world.defer(() => second.stop());
    await lead.open(portOf(second));
    await until('a well process', async () => (await readiness(url)).code === 200);
    for (const id of ids) expect(await post(url, [received(id)])).toMatchObject({ status: 202 });
    const counts = fake.countsByReceiverAndText();
    await until('every message', () => counts.size === 60 || counts.size, 100_000);
    expect(fake.sent()).toHaveLength(60);
    expect(await peyk.stop()).toMatchObject({ code: 0 });
  });

  it('does not keep a process from ending in time', async () => {
    const dataDir = world.dataFolder();
    const server = await startEmbeddedPostgres({ dataDir });
    await world.run(['migrate'], { PEYK_DATABASE_URL: server.url });
    const { url, peyk } = await world.serve({ PEYK_DATABASE_URL: server.url, ...(await world.kavenegar()).env });
    await server.stop();
    await until('word of it', async () => (await readiness(url)).code === 503);
    const { code, took } = await peyk.stop();
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
  });
});
