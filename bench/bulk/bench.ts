import type { Bench, OpenBench } from '../bench.js';
import { claimAndSettle } from '../bare/claim-and-settle.js';
import { startProvider } from '../main/provider.js';
import { files } from '../main/work.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { openDatabases, type BenchDatabase, type Databases } from '../rig/databases.js';
import { startPeyk, type PeykProcess } from '../rig/peyk.js';
import { openBench } from '../rig/open-bench.js';
import { queueMessages } from '../rig/queued.js';

const MESSAGES = 100_000;
const LATENCY_MS = 20;
const POLL_MS = 100;
const text = 'یلدا مبارک! تا پایان هفته ۱۰۰٬۰۰۰ تومان اعتبار هدیه دارید.';

export const bulk: Bench = {
  name: 'bulk',
  unit: 'messages',
  work: '100,000 queued messages of one text, up to 200 in a call of 20 ms; beside it claiming and settling the same rows, nothing else',
  atLeast: 0.5,
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const count = Math.max(2_000, Math.round(MESSAGES * scale));
  await databases.template('bulk', (database) => queueMessages(database, count, text));
  return openBench({
    ours: (profileInto) => ours(databases, count, profileInto),
    bare: () => bare(databases),
    close: () => databases.close(),
  });
}

async function ours(databases: Databases, count: number, profileInto?: string): Promise<Run> {
  const database = await databases.fresh('bulk');
  const stops = [() => database.drop()];
  try {
    const provider = await startProvider(LATENCY_MS);
    stops.push(() => provider.stop());
    const env = { PEYK_KAVENEGAR_BASE_URL: provider.url, PEYK_KAVENEGAR_API_KEY: 'bench', PEYK_ROLES: 'sender' };
    const peyk = await startPeyk({ database: database.url, files, env, profileInto });
    stops.push(() => peyk.stop());
    await untilSettled(database, peyk);
    const calls = (await provider.sent()).length;
    if (calls !== count) throw new Error(`${String(calls)} messages were sent, ${String(count)} expected`);
    return await rateOf(database);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function bare(databases: Databases): Promise<Run> {
  const database = await databases.fresh('bulk');
  try {
    await claimAndSettle(database.url);
    return await rateOf(database);
  } finally {
    await database.drop();
  }
}

async function untilSettled(database: BenchDatabase, { child }: PeykProcess): Promise<void> {
  for (;;) {
    const [row] = await database.run<{ left: boolean }>(
      `select exists (select from message where state = 'queued') or exists (select from message where state = 'sending') as left`,
    );
    if (row?.left === false) return;
    child.mustRun();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** From the first claim to the last settling, by the database's clock. */
async function rateOf(database: BenchDatabase): Promise<Run> {
  const [row] = await database.run<{ rate: number; unsent: number }>(
    `select count(*) / extract(epoch from max(settled_at) - min(attempted_at))::float8 as rate,
      count(*) filter (where state <> 'sent')::int as unsent
    from message`,
  );
  if (row?.unsent !== 0) throw new Error(`${String(row?.unsent)} messages were not sent`);
  return { rate: row.rate };
}
