/**
 * What every peer shares: the door, the condition, the calls. It runs under Node 24, which reads the TypeScript of the
 * bare program as it is. Name and phone are in the event too, for peers that ask nobody.
 */
import Fastify from 'fastify';
import { BareProvider } from '../bare/main-provider.ts';
import { firstText, secondText } from '../main/work.ts';

/** In rials. */
const LEAST = 1_000_000;
export const WAIT_MS = 1_000;

export const [store = '', providerUrl = ''] = process.argv.slice(2);
const provider = new BareProvider(providerUrl);

/** The peer's settings; `PEYK_BENCH_PEER` (JSON) replaces some of them, to try others. */
export function settled(settings) {
  return { ...settings, ...JSON.parse(process.env.PEYK_BENCH_PEER ?? '{}') };
}

/** Answers a batch when `accept` has made it durable. */
export async function openDoor(accept) {
  const server = Fastify({ bodyLimit: 5 * 1_048_576 });
  server.addContentTypeParser('application/cloudevents-batch+json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, JSON.parse(body));
  });
  server.post('/v1/events', async (request, reply) => {
    await accept(request.body.map(purchaseOf));
    return reply.status(202).send({ accepted: request.body.length });
  });
  process.once('SIGTERM', () => process.exit(0));
  console.log(`listening on ${await server.listen({ host: '127.0.0.1', port: 0 })}`);
}

/** A job's payload; an event's id is the job's, so that the same event again is no second job. */
function purchaseOf({ id, subject: customer, data: { order_id: order, amount, name, phone } }) {
  return { id, customer, order, amount, name, phone };
}

export function isLargeEnough({ amount }) {
  return amount >= LEAST;
}

export function sendThanks({ id, order, name, phone }) {
  return provider.send({ id: `${id}-thanks`, to: phone, text: firstText(name, order) });
}

export function sendShipped({ id, order, name, phone }) {
  return provider.send({ id: `${id}-shipped`, to: phone, text: secondText(name, order) });
}
