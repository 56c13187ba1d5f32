import type { Run } from '../measure.js';
import { Child } from '../rig/child.js';
import type { BenchDatabase } from '../rig/databases.js';
import { startPeyk } from '../rig/peyk.js';
import { drive } from './drive.js';
import { startProvider, type Provider } from './provider.js';
import { bodies, expected, files, type Purchase } from './work.js';

/** Events in a request. */
export const BATCH = 500;
export const memory = 'resident memory of peyk, MB:';
/** The journey's `wait`, which no speed can shorten. */
const WAIT_MS = 1_000;

/** A program under the work: where it listens, and how to look at it. */
export interface Subject {
  readonly url: string;
  readonly child: Child;
  stop(): Promise<void>;
}
export type Start = (database: BenchDatabase, provider: Provider) => Promise<Subject>;

/** The work of `main` once, on a database that is dropped in the end. */
export async function runMain(database: BenchDatabase, all: readonly Purchase[], start: Start): Promise<Run> {
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
export async function introduce(database: BenchDatabase, all: readonly Purchase[], at = Date.now()): Promise<void> {
  await database.run(
    `insert into customer (id, decided_at, created_at, attributes, consent)
     select id, $4, $4, jsonb_build_object('name', name, 'phone', phone), '{"marketing": true}'
     from unnest($1::text[], $2::text[], $3::text[]) as t(id, name, phone)`,
    [
      all.map(({ customer }) => customer),
      all.map(({ name }) => name),
      all.map(({ phone }) => phone),
      new Date(at).toISOString(),
    ],
  );
  await database.run('vacuum analyze customer');
  await database.run('checkpoint');
}

export function peyk(profileInto?: string, theFiles = files): Start {
  return (database, provider) => {
    const env = { PEYK_KAVENEGAR_BASE_URL: provider.url, PEYK_KAVENEGAR_API_KEY: 'bench' };
    return startPeyk({ database: database.url, files: theFiles, env, profileInto });
  };
}

/** The trigger serves the order of messages: logic, which the bare program has none of. */
export async function bare(database: BenchDatabase, provider: Provider): Promise<Subject> {
  await database.run('drop trigger release_followers on message');
  const child = new Child({ file: 'dist/bench/bare/main-server.js', args: [database.url, provider.url] });
  return { child, url: await child.says(/listening on (\S+)/), stop: () => child.stop() };
}
