import { createServer, type Server, type Socket } from 'node:net';
import type { KafkaBroker, NoKafka } from './broker.js';
import { startKafka } from './start.js';
import { desk } from './desk.js';

let server: Server | undefined;
let starting: Promise<KafkaBroker | NoKafka> | undefined;

/** For Jest's globalSetup: the first test file that asks gets a broker started, and all others get the same. */
export async function setupKafka(): Promise<void> {
  server = createServer((socket) => void answer(socket)).unref();
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  process.env[desk] = typeof address === 'object' && address !== null ? String(address.port) : undefined;
}

/** For Jest's globalTeardown. */
export async function teardownKafka(): Promise<void> {
  server?.close();
  const broker = await starting;
  if (broker !== undefined && 'stop' in broker) await broker.stop();
  starting = undefined;
}

async function answer(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  const broker = await (starting ??= startKafka());
  socket.end(JSON.stringify('stop' in broker ? { brokers: broker.brokers } : broker));
}
