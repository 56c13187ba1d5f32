import { jest } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.js';
import { until } from '../integration/kafka/until.js';
import type { PeykProcess } from './peyk-process.js';
import { get, phoneOf, post, put, ready, received } from './shop.js';
import { postgresPid, World } from './world.js';

// What was under way at a kill is asked about a minute later, not sooner.
jest.setTimeout(240_000);

const CUSTOMERS = 300;
const KILLS = 4;

const world = new World();
afterEach(() => world.end());

const ids = Array.from({ length: CUSTOMERS }, (_, n) => `c${String(n)}`);

/** Sends all of it, again and again, until every event was answered; whoever is there answers. */
async function postAll(url: () => Promise<string>, events: readonly JsonObject[]): Promise<{ duplicates: number }> {
  let duplicates = 0;
  for (let from = 0; from < events.length; from += 10) {
    await until(
      'an answer',
      async () => {
        const answer = await post(await url(), events.slice(from, from + 10)).catch(() => undefined);
        if (answer?.status !== 202) return answer?.text;
        duplicates += (JSON.parse(answer.text) as { duplicates: number }).duplicates;
        return true;
      },
      90_000,
    );
  }
  return { duplicates };
}

describe('kill -9 of peyk start, again and again while events come in', () => {
  it('loses no message and sends none twice; the orphan PostgreSQL is adopted', async () => {
    const { fake, env } = await world.kavenegar({ latencyMs: 20 });
    const files = world.files();
    files.edit('journeys/policy.yaml', (text) => text.replace('50 per second', '400 per second'));
    const data = world.dataFolder();
    const start = (): PeykProcess =>
      world.start(['start'], { ...env, ...files.env, PEYK_DATA_DIR: data, PEYK_LOG_LEVEL: 'info' });
    let peyk = start();
    const url = (): Promise<string> => peyk.url();
    await url();
    const postgres = postgresPid(data);
    for (const [n, id] of ids.entries()) await put(await url(), id, { phone: phoneOf(n) });

    const events = [...ids.map((id) => received(id)), ...ids.map((id) => ready(id))];
    const posting = postAll(url, events);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const seen = fake.sent().length;
      const moment = seen + 10 + Math.floor(Math.random() * 60);
      await until('messages that leave', () => fake.sent().length >= moment || fake.sent().length, 60_000);
      peyk.signal('SIGKILL');
      await peyk.ended;
      peyk = start();
    }
    await posting;
    expect(postgresPid(data)).toBe(postgres);

    const again = await postAll(url, events);
    expect(again.duplicates).toBe(events.length);

    await until(
      'every message',
      () => fake.countsByReceiverAndText().size === CUSTOMERS * 2 || fake.countsByReceiverAndText().size,
      120_000,
    );
    const { messages: unsettled } = JSON.parse((await get(`${await url()}/v1/messages?state=in_doubt`)).text) as {
      messages: unknown[];
    };
    await until(
      'the end of doubt',
      async () => {
        const { text } = await get(`${await url()}/v1/messages?state=in_doubt`);
        return text.startsWith('{"messages":[]') || text;
      },
      90_000,
    );
    expect([...fake.countsByReceiverAndText().values()].filter((count) => count !== 1)).toEqual([]);
    expect(fake.sent()).toHaveLength(CUSTOMERS * 2);
    // At least one kill has to have come while a call was under way, or nothing was tested.
    expect(unsettled.length + (fake.calls.get('sms/statuslocalmessageid') ?? 0)).toBeGreaterThan(0);
    expect(await peyk.stop('SIGINT')).toMatchObject({ code: 0 });
  });
});
