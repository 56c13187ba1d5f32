import kafkajs from 'kafkajs';
import { parseArgs } from 'node:util';
import { startKafka } from './start.js';

const { values } = parseArgs({ options: { port: { type: 'string', default: '9092' } } });
const broker = await startKafka({ port: Number(values.port), own: true });
if ('unavailable' in broker) {
  console.error(broker.unavailable);
  process.exit(1);
}

const admin = new kafkajs.Kafka({ brokers: [broker.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
await admin.connect();
await admin.createTopics({ topics: [{ topic: 'peyk.events', numPartitions: 4, replicationFactor: 1 }] });
await admin.disconnect();

console.log(`Kafka listens on ${broker.brokers}, with the topic peyk.events. Start Peyk on it with

  PEYK_MAILBOX=true PEYK_KAFKA_BROKERS=${broker.brokers} npx peyk serve

which prints its messages (beside another Peyk give it a PEYK_PORT of its own), and put an event there (each argument a CloudEvent; the key is the customer's id). Sara has a phone number
since the first \`npm start\`:

  node dist/test/servers/kafka/put.js --brokers ${broker.brokers} '{"specversion":"1.0","id":"e1","source":"/shop","type":"repair.received","subject":"sara","data":{"repair_id":"r1","device":"iPhone 13"}}'

Ctrl-C stops it; its data goes with it.`);

const stop = async (): Promise<void> => {
  await broker.stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
// Nothing else keeps this process alive: the broker is a process of its own.
setInterval(() => undefined, 60_000);
