import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { KafkaMessage } from 'kafkajs';
import { OutcomePublisher } from '../../../src/intake/kafka/outcome-publisher.js';
import { statement } from '../../../src/store/connection.js';
import { insertOutcomes } from '../../../src/store/engine/insert-outcomes.sql.js';
import { OutcomeQueue } from '../../../src/store/kafka/outcome-queue.js';
import { describeWithKafka } from '../../servers/kafka/describe.js';
import { numbers } from './events.js';
import { Rig } from './rig.js';
import { Watcher } from './watcher.js';

const AT = Date.parse('2040-03-01T08:00:00Z');

const forget = statement('test-forget-outcomes', 'truncate outcome restart identity');
const waitingRows = statement<{ count: number }>(
  'test-waiting-outcomes',
  'select count(*)::integer as count from outcome where published_at is null',
);
const keptRows = statement<{ count: number }>('test-kept-outcomes', 'select count(*)::integer as count from outcome');
const age = statement(
  'test-age-outcomes',
  `update outcome set published_at = published_at - interval '25 hours' where no <= $1`,
);

/** Tells until it has told a slice, and dies before the table knows. */
const killed = `
import { arm } from './src/crash-points.js';
import { OutcomePublisher } from './src/intake/kafka/outcome-publisher.js';
import { PostgresDatabase } from './src/store/database.js';
import { OutcomeQueue } from './src/store/kafka/outcome-queue.js';
const [url, broker, topic] = process.env.PEYK_TEST_OUTCOMES.split(' ');
arm((point) => point === 'outcomes.told' && process.kill(process.pid, 'SIGKILL'));
const database = await PostgresDatabase.connect({ url });
const publisher = new OutcomePublisher({ brokers: [broker], ssl: false }, new OutcomeQueue(database), { log: () => {} }, topic);
await publisher.publishPending();
`;

describeWithKafka('Outcomes', (brokers) => {
  let rig: Rig;
  const open: OutcomePublisher[] = [];
  beforeAll(async () => {
    rig = await Rig.build(brokers);
  });
  beforeEach(() => rig.database.run(forget));
  afterEach(() => Promise.all(open.splice(0).map((publisher) => publisher.close())));
  afterAll(() => rig.close());

  const publisherOn = (topic: string, address = brokers): OutcomePublisher => {
    const queue = new OutcomeQueue(rig.database);
    const publisher = new OutcomePublisher({ brokers: [address], ssl: false }, queue, new Watcher(), topic);
    open.push(publisher);
    return publisher;
  };
  /** The n-th of the customer `c<n % customers>`. */
  const keep = async (
    count: number,
    customers: number,
    data: (n: number) => object = (n) => ({ n }),
  ): Promise<void> => {
    const all = numbers(0, count);
    const of = (n: number): string => `c${String(n % customers)}`;
    await rig.database.run(insertOutcomes, [
      all.map(of),
      all.map((n) => AT + n),
      all.map((n) => `${of(n)}/visit/${String(n)}`),
      all.map(() => '/journeys/mending'),
      all.map(() => 'visit'),
      JSON.stringify(all.map(data)),
    ]);
  };
  const waiting = async (): Promise<number> => (await rig.database.run(waitingRows))[0]?.count ?? -1;
  const kept = async (): Promise<number> => (await rig.database.run(keptRows))[0]?.count ?? -1;
  const bodyOf = ({ value }: KafkaMessage) =>
    JSON.parse(value?.toString() ?? '') as { data: { n: number }; id: string };
  /** Numbers by customer, in the order in which a consumer reads them. */
  const byCustomer = (messages: readonly KafkaMessage[]): Map<string, number[]> => {
    const read = new Map<string, number[]>();
    for (const message of messages) {
      const key = message.key?.toString() ?? '';
      read.set(key, [...(read.get(key) ?? []), bodyOf(message).data.n]);
    }
    return read;
  };

  it('are CloudEvents under their customer, in order, each once', async () => {
    const topic = await rig.topics.fresh(3);
    await keep(2_500, 7);
    expect(await publisherOn(topic).publishPending()).toBe(2_500);
    expect(await publisherOn(topic).publishPending()).toBe(0);
    const messages = await rig.topics.read(topic, 2_500);
    expect(messages).toHaveLength(2_500);
    for (const read of byCustomer(messages).values()) expect(read).toEqual([...read].sort((a, b) => a - b));
    const first = messages.find((message) => bodyOf(message).data.n === 8);
    expect(String(first?.headers?.['content-type'])).toBe('application/cloudevents+json; charset=utf-8');
    expect(first?.key?.toString()).toBe('c1');
    expect(first && bodyOf(first)).toEqual({
      ...{ specversion: '1.0', id: 'c1/visit/8', source: '/journeys/mending', type: 'visit', subject: 'c1' },
      ...{ time: '2040-03-01T08:00:00.008Z', datacontenttype: 'application/json', sequence: '0000000000000009' },
      data: { n: 8 },
    });
  });

  it('come again after a kill between the broker and the table; none is lost, and their order is kept', async () => {
    const topic = await rig.topics.fresh(2);
    await keep(1_500, 5);
    const loader = ['--import', './test/servers/typescript-loader.mjs', '--input-type=module', '--eval', killed];
    const env = { ...process.env, PEYK_TEST_OUTCOMES: [rig.server.url, brokers, topic].join(' ') };
    const child = spawn(process.execPath, loader, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await waiting()).toBe(1_500);
    expect(await publisherOn(topic).publishPending()).toBe(1_500);
    const messages = await rig.topics.read(topic, 2_500);
    expect(messages).toHaveLength(2_500);
    for (const [customer, read] of byCustomer(messages)) {
      // From the beginning once more, and then on: whoever drops what has an older sequence sees each once, in order.
      const again = read.findIndex((n, place) => place > 0 && n <= (read[place - 1] ?? -1));
      const all = numbers(0, 1_500).filter((n) => `c${String(n % 5)}` === customer);
      expect(read.slice(again)).toEqual(all);
      expect(read.slice(0, again)).toEqual(all.slice(0, again));
      expect(again).toBe(200);
    }
  });

  it('wait while the broker is away', async () => {
    const topic = await rig.topics.fresh();
    await keep(3, 1);
    await expect(publisherOn(topic, '127.0.0.1:1').publishPending()).rejects.toThrow(/127\.0\.0\.1:1|Connection/);
    expect(await waiting()).toBe(3);
    expect(await publisherOn(topic).publishPending()).toBe(3);
  });

  it('are told by one process at a time', async () => {
    const topic = await rig.topics.fresh();
    await keep(3_000, 3);
    const counts = await Promise.all([publisherOn(topic).publishPending(), publisherOn(topic).publishPending()]);
    expect(counts[0] + counts[1]).toBe(3_000);
    expect(await rig.topics.read(topic, 3_000)).toHaveLength(3_000);
  });

  it('lose their data, and say so, where they are larger than the topic takes; those beside them do not', async () => {
    const topic = `test.${String(process.pid)}.small`;
    await rig.topics.create(topic, 1, { 'max.message.bytes': '5000' });
    await keep(3, 1, (n) => ({ n, ...(n === 1 ? { much: 'x'.repeat(6_000) } : {}) }));
    expect(await publisherOn(topic).publishPending()).toBe(3);
    const bodies = (await rig.topics.read(topic, 3)).map(bodyOf);
    expect(bodies.map(({ data }) => data)).toEqual([{ n: 0 }, undefined, { n: 2 }]);
    expect(bodies[1]).toMatchObject({ id: 'c0/visit/1', peyktoolarge: true });
  });

  it('hide the addresses that providers repeat in their reasons', async () => {
    const topic = await rig.topics.fresh();
    await keep(1, 1, (n) => ({ n, reason: '550 no such user sara@example.com' }));
    await publisherOn(topic).publishPending();
    const [message] = await rig.topics.read(topic, 1);
    expect(message && bodyOf(message).data).toEqual({ n: 0, reason: '550 no such user s***@example.com' });
  });

  it('are taken away a day after they were told, and not before', async () => {
    const topic = await rig.topics.fresh();
    await keep(20, 1);
    const publisher = publisherOn(topic);
    await publisher.publishPending();
    await keep(5, 1);
    expect(await publisher.prune()).toBe(0);
    await rig.database.run(age, [15]);
    expect(await publisher.prune()).toBe(15);
    expect([await kept(), await waiting()]).toEqual([10, 5]);
  });
});
