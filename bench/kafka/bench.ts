import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { Child } from '../rig/child.js';
import type { BenchDatabase, Databases } from '../rig/databases.js';
import { openBench } from '../rig/open-bench.js';
import { startPeyk } from '../rig/peyk.js';
import { openFilled } from './filled.js';
import { files, type FilledTopic } from './topic.js';

const EVENTS = 100_000;
const POLL_MS = 250;
/** Without a further row in so long, none will come. */
const STUCK_MS = 60_000;

export const kafka: Bench = {
  name: 'kafka',
  unit: 'events',
  work: '100,000 events from a broker, kept; beside it a bare kafkajs consumer inserting the same columns in batches',
  atLeast: 0.5,
  open,
};

export interface Subject {
  readonly child: Child;
  stop(): Promise<void>;
}
export type Start = (database: BenchDatabase, topic: FilledTopic, group: string) => Promise<Subject>;

async function open({ scale }: Options): Promise<OpenBench | { readonly skipped: string }> {
  const events = Math.round(EVENTS * scale);
  const filled = await openFilled(events);
  if ('skipped' in filled) return filled;
  const { topic, databases, close } = filled;
  let number = 0;
  const run = (start: Start): Promise<Run> => runOne(databases, topic, events, start, `bench-${String((number += 1))}`);
  return openBench({ ours: (profileInto) => run(peyk(profileInto)), bare: () => run(bare), close });
}

async function runOne(
  databases: Databases,
  topic: FilledTopic,
  events: number,
  start: Start,
  group: string,
): Promise<Run> {
  const database = await databases.fresh();
  const stops = [() => database.drop()];
  try {
    const subject = await start(database, topic, group);
    stops.push(() => subject.stop());
    await untilStored(database, events, subject);
    return { rate: await rateOf(database, events) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function untilStored(database: BenchDatabase, events: number, { child }: Subject): Promise<void> {
  let [before, movedAt] = [0, performance.now()];
  for (;;) {
    const [row] = await database.run<{ count: number }>('select count(*)::int as count from event');
    const count = row?.count ?? 0;
    if (count === events) return;
    if (count > before) [before, movedAt] = [count, performance.now()];
    if (performance.now() - movedAt > STUCK_MS) throw new Error(child.lastWords(`is stuck at ${String(count)} events`));
    child.mustRun();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Rows in a transaction, on both sides. */
const AT_ONCE = 1_000;

/**
 * By the database's clock, which both write on each row as its transaction begins to store it: from the first transaction
 * to the last, so that connecting and joining the group count for neither. One transaction less lies between them.
 */
export async function rateOf(database: BenchDatabase, events: number): Promise<number> {
  const [row] = await database.run<{ seconds: number }>(
    'select extract(epoch from max(arrival) - min(arrival))::float8 as seconds from event',
  );
  if (row === undefined || events <= AT_ONCE) throw new Error('everything came in one transaction: raise --scale');
  return (events - AT_ONCE) / row.seconds;
}

export function peyk(profileInto?: string): Start {
  return (database, { brokers, topic }, group) => {
    const env = { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: group };
    return startPeyk({ database: database.url, files, env, profileInto });
  };
}

export async function bare(database: BenchDatabase, { brokers, topic }: FilledTopic, group: string): Promise<Subject> {
  const child = new Child({ file: 'dist/bench/bare/kafka-consumer.js', args: [database.url, brokers, topic, group] });
  await child.says(/(reading)/);
  return { child, stop: () => child.stop() };
}
