/** `kafka` without an engine: fetches, parses, inserts the same columns. Arguments: database, brokers, topic, group. */
import { hash } from 'node:crypto';
import kafkajs, { type KafkaMessage } from 'kafkajs';
import { Pool } from 'pg';

const [databaseUrl = '', brokers = '', topic = '', groupId = ''] = process.argv.slice(2);
/** Rows in one transaction, as many as ours. */
const AT_ONCE = 1_000;
const POOL_SIZE = 12;

interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: unknown;
}

const insert = `insert into event (customer_id, hash, seq, type, time, arrival, id, source, data, bundle)
  select c, h, 1, t, at, clock_timestamp(), id, source, data, 1
  from unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::jsonb[])
    as t(c, h, t, at, id, source, data) on conflict do nothing`;

const pool = new Pool({ connectionString: databaseUrl, max: POOL_SIZE });

async function store(messages: readonly KafkaMessage[]): Promise<void> {
  const events = messages.map(({ value }) => JSON.parse(String(value)) as CloudEvent);
  await pool.query({
    name: 'insert',
    text: insert,
    values: [
      events.map(({ subject }) => subject),
      events.map(({ source, id }) => hash('sha256', `${source}\0${id}`, 'hex').slice(0, 32)),
      events.map(({ type }) => type),
      events.map(({ time }) => time),
      events.map(({ id }) => id),
      events.map(({ source }) => source),
      events.map(({ data }) => JSON.stringify(data)),
    ],
  });
}

const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.ERROR });
// The same bounds of a fetch as ours.
const consumer = kafka.consumer({
  groupId,
  maxBytesPerPartition: 1_048_576,
  maxBytes: 4_194_304,
  maxWaitTimeInMs: 500,
});
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
console.log('reading');
await consumer.run({
  partitionsConsumedConcurrently: 2,
  eachBatch: async (payload) => {
    const { messages: all } = payload.batch;
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const messages = all.slice(from, from + AT_ONCE);
      await store(messages);
      payload.resolveOffset(messages.at(-1)?.offset ?? '');
      await payload.heartbeat();
    }
  },
});
process.once('SIGTERM', () => void consumer.disconnect().finally(() => process.exit(0)));
