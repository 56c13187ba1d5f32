import { request } from 'undici';
import { Child } from '../rig/child.js';

/** The fake Kavenegar in a process of its own. */
export interface Provider {
  readonly url: string;
  /** Resolves at the instant (`performance.now()`) at which it has been called so often. `alive` throws to give up. */
  until(calls: number, alive: () => void): Promise<number>;
  /** Throws unless it has sent exactly these, once each. */
  mustHaveSent(expected: ReadonlySet<string>): Promise<void>;
  /** When each message left, in milliseconds since 1970. */
  sent(): Promise<readonly { readonly at: number }[]>;
  stop(): Promise<void>;
}

const POLL_MS = 20;
/** Without a further call in so long, it will not come. */
const STUCK_MS = 60_000;

/** `latencyMs`: what it takes before every answer. */
export async function startProvider(latencyMs = 0): Promise<Provider> {
  const child = new Child({ file: 'dist/test/servers/kavenegar/run.js', args: ['0', String(latencyMs)] });
  const url = await child.says(/listening on (\S+)/);
  return {
    url,
    until: (calls, alive) => until(url, calls, alive),
    mustHaveSent: async (expected) => {
      check(await ask<Record<string, number>>(`${url}/__counts`), expected);
    },
    sent: () => ask(`${url}/__sent`),
    stop: () => child.stop(),
  };
}

async function until(url: string, calls: number, alive: () => void): Promise<number> {
  let [before, movedAt] = [0, performance.now()];
  for (;;) {
    const { 'sms/send': made = 0 } = await ask<Record<string, number>>(`${url}/__calls`);
    const now = performance.now();
    if (made >= calls) return now;
    if (made > before) [before, movedAt] = [made, now];
    if (now - movedAt > STUCK_MS) throw new Error(`stuck at ${String(made)} of ${String(calls)} messages`);
    alive();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function ask<Answer>(url: string): Promise<Answer> {
  const { body } = await request(url);
  return (await body.json()) as Answer;
}

function check(counts: Readonly<Record<string, number>>, expected: ReadonlySet<string>): void {
  const sent = Object.entries(counts);
  const wrong = sent.find(([message, times]) => times !== 1 || !expected.has(message));
  if (wrong !== undefined) throw new Error(`sent ${String(wrong[1])} times: ${wrong[0]}`);
  if (sent.length !== expected.size) {
    throw new Error(`${String(sent.length)} messages were sent, ${String(expected.size)} expected`);
  }
}
