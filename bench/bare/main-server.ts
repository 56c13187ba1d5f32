/** `main` without any logic: takes the same batches in, writes the same rows, makes the same calls. Arguments: database, provider. */
import Fastify from 'fastify';
import { BareOutbox } from './main-outbox.js';
import { BareStore } from './main-store.js';
import { BareProvider } from './main-provider.js';

const [databaseUrl = '', providerUrl = ''] = process.argv.slice(2);
const WAIT_MS = 1_000;

export interface BareEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly order_id: string; readonly name: string; readonly phone: string };
}

const store = new BareStore(databaseUrl);
const outbox = new BareOutbox(new BareProvider(providerUrl), store);
const server = Fastify({ bodyLimit: 5 * 1_048_576 });

server.addContentTypeParser('application/cloudevents-batch+json', { parseAs: 'string' }, (_request, body, done) => {
  done(null, JSON.parse(body as string));
});

server.post('/v1/events', async (request, reply) => {
  const events = request.body as readonly BareEvent[];
  const began = await store.begin(events);
  outbox.queue(began.messages);
  setTimeout(() => void goOn(began.enrolments), WAIT_MS);
  return reply.status(202).send({ accepted: events.length });
});

async function goOn(enrolments: Awaited<ReturnType<BareStore['begin']>>['enrolments']): Promise<void> {
  outbox.queue(await store.finish(enrolments));
}

console.log(`listening on ${await server.listen({ host: '127.0.0.1', port: 0 })}`);
process.once('SIGTERM', () => process.exit(0));
