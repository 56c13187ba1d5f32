import { jest } from '@jest/globals';
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { until } from '../integration/kafka/until.js';
import type { Customer } from '../torture/business.js';
import { get, post, readiness } from './shop.js';
import { SmallDisk } from './small-disk.js';
import { exact, people, postUntilTaken, shopFiles, smsTally } from './story.js';
import { Switch } from './switch.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const disk = SmallDisk.mount(400);
const [describeOnIt, why] = 'unavailable' in disk ? [describe.skip, ` (skipped: ${disk.unavailable})`] : [describe, ''];

const world = new World();
afterEach(() => world.end());
afterAll(() => {
  if (disk instanceof SmallDisk) disk.unmount();
});

describeOnIt(`a disk of PostgreSQL that is full${why}`, () => {
  it('is told; once there is room again everything that was taken arrives, and nothing twice', async () => {
    if (!(disk instanceof SmallDisk)) throw new Error('there is no disk');
    const { fake, env } = await world.kavenegar({ latencyMs: 5 });
    const { database, revive } = await postgresOn(disk.folder);
    expect(await world.run(['migrate'], { PEYK_DATABASE_URL: database })).toMatchObject({ code: 0 });
    const { url, peyk } = await world.serve({ ...env, ...shopFiles(world), PEYK_DATABASE_URL: database });
    const everybody = people(2_000);
    await postUntilTaken(() => url, begin(everybody.slice(0, 20)));

    disk.fill();
    let [taken, refused] = [20, await post(url, [])];
    while (refused.status !== 503 && taken < everybody.length) {
      taken += 20;
      refused = await post(url, begin(everybody.slice(taken - 20, taken)));
    }
    expect(refused).toMatchObject({ status: 503 });
    expect(refused.text).toContain('the database does not answer or has no room');
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    const health = await readiness(url);
    expect(health).toMatchObject({ code: 503, status: 'wrong' });
    expect(health.checks.find(({ name }) => name === 'database')?.detail).toMatch(
      /No space left on device|does not answer/,
    );
    expect((await get(`${url}/health/live`)).status).toBe(200);
    expect(peyk.out).toContain('No space left on device');

    disk.empty();
    await revive();
    const some = everybody.slice(0, taken);
    await postUntilTaken(() => url, [...begin(some), ...some.map((one) => one.end())]);
    await until('a well process', async () => (await readiness(url)).code === 200, 60_000);
    await until(
      'every message',
      () => smsTally(some, fake.countsByReceiverAndText()).missing.length === 0 || fake.sent().length,
      90_000,
    );
    expect(smsTally(some, fake.countsByReceiverAndText())).toEqual(exact);
    expect(await peyk.stop()).toMatchObject({ code: 0 });
  });
});

/** Behind a fixed port: where the full disk stopped the server, it comes back on another one. */
async function postgresOn(dataDir: string) {
  const server = await startEmbeddedPostgres({ dataDir });
  const lead = new Switch();
  world.defer(() => server.stop());
  world.defer(() => lead.close());
  await lead.open(Number(new URL(server.url).port));
  const through = new URL(server.url);
  through.port = String(lead.port);
  const revive = async (): Promise<void> => {
    const again = await startEmbeddedPostgres({ dataDir });
    world.defer(() => again.stop());
    if (again.url === server.url) return;
    await lead.close();
    await lead.open(Number(new URL(again.url).port));
  };
  return { database: through.href, revive };
}

function begin(customers: readonly Customer[]) {
  return customers.flatMap((one) => one.beginning());
}
