import kafkajs from 'kafkajs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    brokers: { type: 'string', default: '127.0.0.1:9092' },
    topic: { type: 'string', default: 'peyk.events' },
  },
});

function message(text: string): { key: string | null; value: string; headers: { 'content-type': string } } {
  const event = parsed(text);
  const subject = typeof event === 'object' && event !== null && 'subject' in event ? event.subject : undefined;
  const key = typeof subject === 'string' ? subject : null;
  return { key, value: text, headers: { 'content-type': 'application/cloudevents+json' } };
}

/** What is no JSON is put there as it is: it shows what becomes of such things. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const producer = new kafkajs.Kafka({ brokers: values.brokers.split(','), logLevel: kafkajs.logLevel.ERROR }).producer({
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
});
await producer.connect();
await producer.send({ topic: values.topic, messages: positionals.map(message) });
await producer.disconnect();
console.log(`${String(positionals.length)} on ${values.topic}`);
