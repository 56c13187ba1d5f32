import { jest } from '@jest/globals';
import { Topics } from '../integration/kafka/topics.js';
import { until } from '../integration/kafka/until.js';
import { describeWithKafka } from '../servers/kafka/describe.js';
import { ask } from './ask.js';
import { exact, mailTally, people, postUntilTaken, shopFiles, smsTally } from './story.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const PEOPLE = 240;
const STOPS = 3;

const world = new World();
afterEach(() => world.end());

describeWithKafka('SIGTERM while events come in by HTTP and Kafka and messages leave', (brokers) => {
  let topics: Topics;
  beforeAll(async () => {
    topics = await Topics.connect(brokers);
  });
  afterAll(() => topics.close());

  it('ends the process in time with nothing in doubt, and its successor finishes: each text once', async () => {
    const everybody = people(PEOPLE);
    const { fake, env } = await world.kavenegar({ latencyMs: 50 });
    const smtp = await world.smtp();
    const topic = await topics.fresh(3);
    const kafka = { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: topic };
    const database = await world.database();
    const all = { ...env, ...shopFiles(world), ...kafka, PEYK_SMTP_URL: smtp.url, PEYK_DATABASE_URL: database };
    const serve = () => world.serve(all);
    let serving = await serve();

    const posting = everybody.filter((one) => !one.comesByKafka);
    const putting = everybody.filter((one) => one.comesByKafka);
    const load = { isOver: false };
    const coming = Promise.all([
      postUntilTaken(
        () => serving.url,
        [...posting.flatMap((one) => one.beginning()), ...posting.map((one) => one.end())],
        3,
      ),
      slowly(putting, async (one) => {
        const events = [...one.beginning(), one.end()];
        const headers = { 'content-type': 'application/cloudevents+json' };
        await topics.put(
          topic,
          events.map((event) => ({ key: one.id, value: JSON.stringify(event), headers })),
        );
      }),
    ]).finally(() => (load.isOver = true));

    let underWay = 0;
    for (let stop = 1; stop <= STOPS; stop += 1) {
      const moment = fake.sent().length + 40;
      await until('messages that leave', () => fake.sent().length >= moment || fake.sent().length, 60_000);
      if (!load.isOver) underWay += 1;
      const { code, took, out } = await serving.peyk.stop();
      expect(code).toBe(0);
      expect(out.trimEnd().split('\n').at(-1)).toContain('stopped, with nothing in hand');
      expect(took).toBeLessThan(10_000);
      expect(
        await ask(database, `select id, state, reason from message where state in ('sending', 'in_doubt')`),
      ).toEqual([]);
      serving = await serve();
    }
    expect(underWay).toBeGreaterThan(0);
    await coming;
    await until(
      'every message',
      () => {
        const missing = [smsTally(everybody, fake.countsByReceiverAndText()), mailTally(everybody, smtp)];
        return (
          missing.every((one) => one.missing.length === 0) || missing.map((one) => one.missing.length).join(' and ')
        );
      },
      60_000,
    );
    await serving.peyk.stop();
    expect(smsTally(everybody, fake.countsByReceiverAndText())).toEqual(exact);
    expect(mailTally(everybody, smtp)).toEqual(exact);
    // Not because the provider knew a repeat: nothing was sent again, nothing had to be asked about.
    expect(fake.ledger.repeats).toBe(0);
    expect(fake.calls.get('sms/statuslocalmessageid') ?? 0).toBe(0);
  });
});

/** One after the other. */
async function slowly<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) await work(item);
}
