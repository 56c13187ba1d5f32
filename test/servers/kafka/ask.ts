import { connect } from 'node:net';
import type { NoKafka } from './broker.js';
import { desk } from './desk.js';

/** The broker of this test run, started by whoever asks first; or why there is none. */
export async function askForKafka(): Promise<{ readonly brokers: string } | NoKafka> {
  const given = process.env['PEYK_TEST_KAFKA_BROKERS'];
  if (given !== undefined && given !== '') return { brokers: given };
  const port = Number(process.env[desk]);
  if (!(port > 0)) return { unavailable: 'this Jest project lacks test/servers/kafka/global-setup.mjs' };
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', (error) => {
      resolve({ unavailable: error.message });
    });
    socket.on('end', () => {
      resolve(JSON.parse(text) as { readonly brokers: string } | NoKafka);
    });
  });
}
