import type { Bench, OpenBench } from '../bench.js';
import { BareProvider, CALLS_AT_ONCE } from '../bare/main-provider.js';
import { startProvider, type Provider } from '../main/provider.js';
import { files } from '../main/work.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { openBench } from '../rig/open-bench.js';
import { openDatabases, type Databases } from '../rig/databases.js';
import { startPeyk } from '../rig/peyk.js';
import { queuedTexts, queueMessages } from '../rig/queued.js';

const MESSAGES = 16_000;
const LATENCY_MS = 20;

export const sender: Bench = {
  name: 'sender',
  unit: 'messages',
  work: '16,000 queued messages to a provider that takes 20 ms; beside it the same HTTP client with as many connections, alone',
  atLeast: 0.8,
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const count = Math.max(500, Math.round(MESSAGES * scale));
  return openBench({
    ours: (profileInto) => ours(databases, count, profileInto),
    bare: () => bare(count),
    close: () => databases.close(),
  });
}

async function ours(databases: Databases, count: number, profileInto?: string): Promise<Run> {
  const database = await databases.fresh();
  const stops = [() => database.drop()];
  try {
    await queueMessages(database, count);
    const provider = await startProvider(LATENCY_MS);
    stops.push(() => provider.stop());
    const env = {
      PEYK_KAVENEGAR_BASE_URL: provider.url,
      PEYK_KAVENEGAR_API_KEY: 'bench',
      PEYK_ROLES: 'sender',
    };
    const peyk = await startPeyk({ database: database.url, files, env, profileInto });
    stops.push(() => peyk.stop());
    return await rateOf(provider, count, () => {
      peyk.child.mustRun();
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** As many loops as connections, each with one call after the other. */
async function bare(count: number): Promise<Run> {
  const provider = await startProvider(LATENCY_MS);
  const client = new BareProvider(provider.url);
  const numbers = Array.from({ length: count }, (_, place) => place + 1).values();
  const loop = async (): Promise<void> => {
    for (const id of numbers) {
      await client.send({ id, to: `+98913${String(id).padStart(7, '0')}`, text: `سفارش ${String(id)} ثبت شد.` });
    }
  };
  try {
    const calls = Promise.all(Array.from({ length: CALLS_AT_ONCE }, loop));
    const run = await rateOf(provider, count, () => undefined);
    await calls;
    return run;
  } finally {
    await provider.stop();
  }
}

/** From the first message that left to the last, by the provider's clock. */
async function rateOf(provider: Provider, count: number, alive: () => void): Promise<Run> {
  await provider.until(count, alive);
  await provider.mustHaveSent(queuedTexts(count));
  const at = (await provider.sent()).map((sent) => sent.at);
  const seconds = (Math.max(...at) - Math.min(...at)) / 1_000;
  return { rate: (count - 1) / seconds };
}
