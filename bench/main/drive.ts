import { Pool } from 'undici';

/** Requests under way at once. */
const AT_ONCE = 8;
const headers = { 'content-type': 'application/cloudevents-batch+json' };

/** Sends all bodies, several at once; resolves when each was answered well. Throws where one was not. */
export async function drive(url: string, bodies: readonly Buffer[]): Promise<void> {
  const pool = new Pool(url, { connections: AT_ONCE });
  const queue = bodies.values();
  const send = async (): Promise<void> => {
    for (const body of queue) await post(pool, body);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, send));
  } finally {
    await pool.close();
  }
}

async function post(pool: Pool, body: Buffer): Promise<void> {
  const answer = await pool.request({ method: 'POST', path: '/v1/events', headers, body });
  const text = await answer.body.text();
  if (answer.statusCode !== 202) throw new Error(`HTTP ${String(answer.statusCode)}: ${text.slice(0, 500)}`);
}
