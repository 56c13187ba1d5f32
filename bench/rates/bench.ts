import type { Bench, OpenBench } from '../bench.js';
import { startProvider } from '../main/provider.js';
import { files } from '../main/work.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { openDatabases, type Databases } from '../rig/databases.js';
import { startPeyk, type PeykProcess } from '../rig/peyk.js';
import { queuedTexts, queueMessages } from '../rig/queued.js';

const RATE = 300;
const SECONDS = 20;
const SENDERS = 3;
/** What a bucket may save up: a quarter second's worth. */
const BURST = RATE / 4;
const crowded = 'most messages within one second:';

export const rates: Bench = {
  name: 'rates',
  unit: 'messages',
  work: 'three senders with one rate of 300 a second for 20 s; beside it 300 a second',
  atLeast: 0.98,
  ceilings: [{ note: crowded, atMost: RATE + BURST }],
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const count = Math.max(RATE, Math.round(RATE * SECONDS * scale));
  return {
    ours: () => ours(databases, count),
    bare: () => Promise.resolve({ rate: RATE }),
    profile: () => Promise.reject(new Error('rates is about waiting; there is nothing to profile')),
    close: () => databases.close(),
  };
}

async function ours(databases: Databases, count: number): Promise<Run> {
  const database = await databases.fresh();
  const stops = [() => database.drop()];
  try {
    const provider = await startProvider();
    stops.push(() => provider.stop());
    const env = { PEYK_KAVENEGAR_BASE_URL: provider.url, PEYK_KAVENEGAR_API_KEY: 'bench', PEYK_ROLES: 'sender' };
    const senders: PeykProcess[] = [];
    for (let number = 0; number < SENDERS; number += 1) {
      const one = await startPeyk({ database: database.url, files: limited, env });
      senders.push(one);
      stops.push(() => one.stop());
    }
    await queueMessages(database, count);
    await provider.until(count, () => {
      for (const { child } of senders) child.mustRun();
    });
    await provider.mustHaveSent(queuedTexts(count));
    return judge((await provider.sent()).map(({ at }) => at));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const limited = {
  ...files,
  'journeys/policy.yaml': (files['journeys/policy.yaml'] ?? '').replace(
    "sender: '10004346'",
    `sender: '10004346', rate: ${String(RATE)} per second`,
  ),
};

/** The burst with which an idle bucket begins is no use of the rate. */
function judge(times: readonly number[]): Run {
  const at = [...times].sort((a, b) => a - b);
  const seconds = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1_000;
  return { rate: (at.length - BURST) / seconds, notes: { [crowded]: mostWithin(at, 1_000) } };
}

/** The most of these instants in any stretch of so many milliseconds. */
function mostWithin(at: readonly number[], ms: number): number {
  let [most, first] = [0, 0];
  for (const [last, instant] of at.entries()) {
    while ((at[first] ?? instant) <= instant - ms) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
