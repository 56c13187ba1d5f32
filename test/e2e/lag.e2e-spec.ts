import { jest } from '@jest/globals';
import { Topics } from '../integration/kafka/topics.js';
import { until } from '../integration/kafka/until.js';
import { describeWithKafka } from '../servers/kafka/describe.js';
import { forgetPeak, peakMemory } from '../servers/memory.js';
import { count } from './ask.js';
import { event } from './shop.js';
import { shopFiles } from './story.js';
import { World } from './world.js';

jest.setTimeout(180_000);

// `npm run bench -- lag` does the same with a million.
const EVENTS = 100_000;
const AT_ONCE = 2_000;
const MOST_GROWTH = 1.25;
/** So small that V8 has to collect: what it lets grow on a large machine is no leak. What piled up would end the process. */
const HEAP = { NODE_OPTIONS: '--max-old-space-size=128' };

const world = new World();
afterEach(() => world.end());

describeWithKafka('100,000 events that wait on a topic', (brokers) => {
  let topics: Topics;
  beforeAll(async () => {
    topics = await Topics.connect(brokers);
  });
  afterAll(() => topics.close());

  it('are worked off with flat memory', async () => {
    const topic = await topics.fresh(4);
    for (let from = 0; from < EVENTS; from += AT_ONCE) {
      await topics.producer.send({ topic, messages: Array.from({ length: AT_ONCE }, (_, at) => tooSmall(from + at)) });
    }
    const kafka = { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: topic };
    const { peyk, database } = await world.serve({ ...shopFiles(world), ...kafka, ...HEAP });
    const read = (): Promise<number> => count(database, 'select coalesce(sum(next), 0) from kafka_offset');
    await until('the first half', async () => (await read()) >= EVENTS / 2 || read(), 90_000);
    const first = await peakMemory(peyk.pid);
    const isLinux = await forgetPeak(peyk.pid);
    await until('the second half', async () => (await read()) >= EVENTS || read(), 90_000);
    const second = await peakMemory(peyk.pid);
    expect(await count(database, 'select count(*) from event')).toBe(EVENTS);
    // Elsewhere the system does not tell the peak of a part.
    if (isLinux) expect(second).toBeLessThanOrEqual(first * MOST_GROWTH);
    expect(await peyk.stop()).toMatchObject({ code: 0 });
  });
});

/** An order of which nothing comes. */
function tooSmall(number: number) {
  const customer = `c-${String((number * 7919) % 5_000)}`;
  const order = event('order.placed', customer, `order-${String(number)}`, { order_id: String(number), amount: 1_000 });
  return { key: customer, value: JSON.stringify(order), headers: { 'content-type': 'application/cloudevents+json' } };
}
