import kafkajs, { type Kafka, type Message } from 'kafkajs';
import { startKafka } from '../../test/servers/kafka/start.js';
import { policy } from '../main/work.js';

/** A topic of a real broker, filled once and read by every run under a group of its own. */
export interface FilledTopic {
  readonly brokers: string;
  readonly topic: string;
  close(): Promise<void>;
}

export const PARTITIONS = 4;
const CUSTOMERS = 20_000;
const PRODUCED_AT_ONCE = 2_000;

/** `events` page views of 20,000 customers, which no journey listens to. */
export async function fillTopic(events: number): Promise<FilledTopic | { readonly skipped: string }> {
  const broker = await startKafka();
  if ('unavailable' in broker) return { skipped: broker.unavailable };
  const topic = `peyk.bench.${String(Date.now())}`;
  const client = new kafkajs.Kafka({ brokers: [broker.brokers], logLevel: kafkajs.logLevel.NOTHING });
  try {
    await createTopic(client, topic);
    await produce(client, topic, events);
  } catch (error) {
    await broker.stop();
    throw error;
  }
  const close = async (): Promise<void> => {
    try {
      await leave(client, topic);
    } finally {
      await broker.stop();
    }
  };
  return { brokers: broker.brokers, topic, close };
}

async function createTopic(client: Kafka, topic: string): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  const topics = [topic, `${topic}.dead`].map((name) => ({
    topic: name,
    numPartitions: PARTITIONS,
    replicationFactor: 1,
  }));
  await admin.createTopics({ topics, waitForLeaders: true });
  await admin.disconnect();
}

/** A broker that is not ours is left as it was. */
async function leave(client: Kafka, topic: string): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic, `${topic}.dead`] });
  await admin.disconnect();
}

async function produce(client: Kafka, topic: string, events: number): Promise<void> {
  const producer = client.producer();
  await producer.connect();
  for (let from = 0; from < events; from += PRODUCED_AT_ONCE) {
    const count = Math.min(PRODUCED_AT_ONCE, events - from);
    await producer.send({ topic, messages: Array.from({ length: count }, (_, at) => message(from + at)) });
  }
  await producer.disconnect();
}

function message(number: number): Message {
  const customer = `c-${String(((number * 7919) % CUSTOMERS) + 1_000_000)}`;
  const value = {
    specversion: '1.0',
    id: `view-${String(number)}`,
    source: '/bench/site',
    type: 'page.viewed',
    subject: customer,
    time: new Date(Date.UTC(2026, 2, 21) + number * 100).toISOString(),
    data: { page: `/products/${String(number % 500)}`, seconds: number % 90 },
  };
  return { key: customer, value: JSON.stringify(value), headers: { 'content-type': 'application/cloudevents+json' } };
}

/** The same as files of a business: the type is known, and nothing comes of it. */
export const files: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': policy,
  'journeys/events.yaml': `page.viewed: { page: text, seconds?: integer }
purchase.completed: { order_id: text }
`,
  'journeys/bench-purchase.yaml': `journey: bench-purchase
purpose: transactional
trigger: { event: purchase.completed }
steps:
  - send: bench-thanks
`,
  'templates/bench-thanks/sms.hbs': 'از خرید شما ممنونیم.',
};
