import type { Bench, OpenBench } from '../bench.js';
import { drive } from '../main/drive.js';
import { startProvider, type Provider } from '../main/provider.js';
import { introduce, peyk, runMain, type Subject } from '../main/run.js';
import { bodies, expected, purchases, type Purchase } from '../main/work.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { openDatabases, type BenchDatabase, type Databases } from '../rig/databases.js';
import { forgetPeak, peakMemory } from '../../test/servers/memory.js';

const MINUTES = 20;
const SHARE = 0.8;
/** Requests a second: small ones, as a shop's day has them. */
const REQUESTS = 4;
const CUSTOMERS_OF_MAIN = 60_000;
const memory = 'peak memory of the second half in % of that of the first';
const bloat = 'dead rows in % of all, at most in the second half:';
const behind = 'messages behind at the end, in seconds of load:';

/** So long that it runs only where it is named. */
export const soak: Bench = {
  name: 'soak',
  unit: 'messages',
  work: '20 minutes at 80% of what `main` gave just before; beside it the rate of the load itself',
  beside: 'load',
  atLeast: 0.99,
  pairs: 1,
  ceilings: [
    { note: memory, atMost: 110 },
    { note: bloat, atMost: 20 },
    { note: behind, atMost: 3 },
  ],
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  let offered = 0;
  return {
    ours: async () => {
      offered = SHARE * (await mainRate(databases, scale));
      return soakAt(databases, offered, MINUTES * 60 * scale);
    },
    bare: () => Promise.resolve({ rate: offered }),
    profile: () => Promise.reject(new Error('soak is about time; profile main instead')),
    close: () => databases.close(),
  };
}

async function mainRate(databases: Databases, scale: number): Promise<number> {
  const all = purchases(Math.round(CUSTOMERS_OF_MAIN * Math.max(0.1, scale)));
  return (await runMain(await databases.fresh(), all, peyk())).rate;
}

/** Messages a second for so many seconds: every event makes two. */
async function soakAt(databases: Databases, rate: number, seconds: number): Promise<Run> {
  const database = await databases.fresh();
  const stops = [() => database.drop()];
  try {
    const all = purchases(Math.round((rate * seconds) / 2));
    await introduce(database, all);
    const provider = await startProvider();
    stops.push(() => provider.stop());
    const subject = await peyk()(database, provider);
    stops.push(() => subject.stop());
    return await watch({ database, provider, subject }, all, rate, seconds);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

interface Place {
  readonly database: BenchDatabase;
  readonly provider: Provider;
  readonly subject: Subject;
}

async function watch(place: Place, all: readonly Purchase[], rate: number, seconds: number): Promise<Run> {
  const { provider, subject } = place;
  const requests = bodies(all, Math.max(1, Math.round(rate / 2 / REQUESTS)));
  const half = Math.ceil(requests.length / 2);
  const began = performance.now();
  // In the first minutes tables are small and everything in them is new: what is bounded shows later.
  await offer(place, requests.slice(0, half), began);
  const first = await peakMemory(subject.child.pid);
  const forgotten = await forgetPeak(subject.child.pid);
  const dead = await offer(place, requests.slice(half), began + (half / REQUESTS) * 1_000);
  const offeredAt = performance.now();
  const endedAt = await provider.until(all.length * 2, () => {
    subject.child.mustRun();
  });
  const second = forgotten ? await peakMemory(subject.child.pid) : NaN;
  await provider.mustHaveSent(expected(all));
  const notes = {
    'peak memory of the first half, MB': first,
    [memory]: (second / first) * 100,
    [bloat]: Math.max(...dead),
    // The journey's own wait is a second.
    [behind]: Math.max(0, (endedAt - offeredAt) / 1_000 - 1),
    'load for, seconds:': seconds,
  };
  return { rate: (all.length * 2) / ((endedAt - began) / 1_000 - 1), notes };
}

/** A request when it is its time, whatever has become of those before it: a load does not wait. Gives the shares of dead rows. */
async function offer(
  { database, subject }: Place,
  requests: readonly Buffer[],
  began: number,
): Promise<readonly number[]> {
  const under: Promise<void>[] = [];
  const dead: number[] = [];
  for (const [number, body] of requests.entries()) {
    const wait = began + (number / REQUESTS) * 1_000 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    subject.child.mustRun();
    under.push(drive(subject.url, [body]));
    if (number % (REQUESTS * 10) === 0) dead.push(await deadShare(database));
  }
  await Promise.all(under);
  return dead;
}

async function deadShare(database: BenchDatabase): Promise<number> {
  const [row] = await database.run<{ share: number }>(
    `select coalesce(100.0 * sum(n_dead_tup) / nullif(sum(n_live_tup + n_dead_tup), 0), 0)::float8 as share
     from pg_stat_user_tables`,
  );
  return row?.share ?? 0;
}
