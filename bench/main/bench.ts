import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { Child } from '../rig/child.js';
import { openDatabases, type BenchDatabase, type Databases } from '../rig/databases.js';
import { startPeyk } from '../rig/peyk.js';
import { drive } from './drive.js';
import { startProvider, type Provider } from './provider.js';
import { bodies, expected, files, purchases, type Purchase } from './work.js';

const CUSTOMERS = 60_000;
const BATCH = 500;
/** The journey's `wait`, which no speed can shorten. */
const WAIT_MS = 1_000;
const memory = 'resident memory of peyk, MB:';

export const main: Bench = {
  name: 'main',
  unit: 'messages',
  work: "60,000 customers' events by HTTP: condition, SMS, wait, second SMS; beside it the same without any logic",
  atLeast: 0.5,
  ceiling: { note: memory, atMost: 400 },
  open,
};

/** A program under the work: where it listens, and how to look at it. */
interface Subject {
  readonly url: string;
  readonly child: Child;
  stop(): Promise<void>;
}
type Start = (database: BenchDatabase, provider: Provider) => Promise<Subject>;

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const all = purchases(Math.max(BATCH, Math.round(CUSTOMERS * scale)));
  return {
    ours: () => run(databases, all, peyk()),
    bare: () => run(databases, all, bare),
    profile: async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'peyk-profile-'));
      await run(databases, all, peyk(folder));
      return folder;
    },
    close: () => databases.close(),
  };
}

async function run(databases: Databases, all: readonly Purchase[], start: Start): Promise<Run> {
  const database = await databases.fresh();
  const stops = [() => database.drop()];
  try {
    await introduce(database, all);
    const provider = await startProvider();
    stops.push(() => provider.stop());
    const subject = await start(database, provider);
    stops.push(() => subject.stop());
    const seconds = await time(subject, provider, all);
    await provider.mustHaveSent(expected(all));
    const peak = await subject.child.peakMemory();
    return { rate: (all.length * 2) / seconds, notes: { [memory]: peak } };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** From the first request until the provider has been called for every message, without the wait. */
async function time(subject: Subject, provider: Provider, all: readonly Purchase[]): Promise<number> {
  const requests = bodies(all, BATCH);
  const began = performance.now();
  const driven = drive(subject.url, requests);
  const ended = provider.until(all.length * 2, () => {
    subject.child.mustRun();
  });
  const [, at] = await Promise.all([driven, ended]);
  return (at - began - WAIT_MS) / 1000;
}

/** The customers are known beforehand, to both sides. */
async function introduce(database: BenchDatabase, all: readonly Purchase[]): Promise<void> {
  await database.run(
    `insert into customer (id, decided_at, created_at, attributes)
     select id, now(), now(), jsonb_build_object('name', name, 'phone', phone)
     from unnest($1::text[], $2::text[], $3::text[]) as t(id, name, phone)`,
    [all.map(({ customer }) => customer), all.map(({ name }) => name), all.map(({ phone }) => phone)],
  );
  await database.run('vacuum analyze customer');
  await database.run('checkpoint');
}

function peyk(profileInto?: string): Start {
  return (database, provider) => {
    const env = { PEYK_KAVENEGAR_BASE_URL: provider.url, PEYK_KAVENEGAR_API_KEY: 'bench' };
    return startPeyk({ database: database.url, files, env, profileInto });
  };
}

/** The trigger serves the order of messages: logic, which the bare program has none of. */
async function bare(database: BenchDatabase, provider: Provider): Promise<Subject> {
  await database.run('drop trigger release_followers on message');
  const child = new Child({ file: 'dist/bench/bare/main-server.js', args: [database.url, provider.url] });
  return { child, url: await child.says(/listening on (\S+)/), stop: () => child.stop() };
}
