import type { Bench, OpenBench } from '../bench.js';
import { bare, peyk, rateOf, type Start, type Subject } from '../kafka/bench.js';
import { openFilled } from '../kafka/filled.js';
import type { FilledTopic } from '../kafka/topic.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import type { BenchDatabase } from '../rig/databases.js';
import { openBench } from '../rig/open-bench.js';
import { forgetPeak, peakMemory } from '../../test/servers/memory.js';

const EVENTS = 1_000_000;
const POLL_MS = 250;
/** Without a further row in so long, none will come. */
const STUCK_MS = 60_000;
const FLAT = 'peak memory of the second half in % of that of the first';

/** A lag of a million: what is behind does not pile up in memory. Long, so that it runs only where it is named. */
export const lag: Bench = {
  name: 'lag',
  unit: 'events',
  work: '1,000,000 events that wait on a topic, worked off; beside it a bare kafkajs consumer inserting the same columns',
  atLeast: 0.5,
  ceilings: [{ note: FLAT, atMost: 110 }],
  open,
};

interface Place {
  readonly database: BenchDatabase;
  readonly topic: FilledTopic;
  readonly events: number;
}

async function open({ scale }: Options): Promise<OpenBench | { readonly skipped: string }> {
  const events = Math.round(EVENTS * scale);
  const filled = await openFilled(events);
  if ('skipped' in filled) return filled;
  const { topic, databases, close } = filled;
  let number = 0;
  const run = async (start: Start): Promise<Run> => {
    const database = await databases.fresh();
    const group = `lag-${String((number += 1))}`;
    try {
      return await workOff({ database, topic, events }, start, group);
    } finally {
      await database.drop();
    }
  };
  return openBench({ ours: (profileInto) => run(peyk(profileInto)), bare: () => run(bare), close });
}

async function workOff(place: Place, start: Start, group: string): Promise<Run> {
  const { database, topic, events } = place;
  const subject = await start(database, topic, group);
  try {
    await untilStored(place, events / 2, subject);
    const first = await peakMemory(subject.child.pid);
    const forgotten = await forgetPeak(subject.child.pid);
    await untilStored(place, events, subject);
    const second = forgotten ? await peakMemory(subject.child.pid) : NaN;
    await mustBeStored(place);
    const notes = {
      'peak memory of the first half, MB': first,
      'peak memory of the second half, MB': second,
      [FLAT]: (second / first) * 100,
    };
    return { rate: await rateOf(database, events), notes };
  } finally {
    await subject.stop();
  }
}

/** By the server's statistics: to count a million rows again and again would be a load of its own. */
async function untilStored({ database }: Place, events: number, { child }: Subject): Promise<void> {
  let [before, movedAt] = [0, performance.now()];
  for (;;) {
    const [row] = await database.run<{ inserted: number }>(
      `select n_tup_ins::float8 as inserted from pg_stat_user_tables where relname = 'event'`,
    );
    const inserted = row?.inserted ?? 0;
    if (inserted >= events) return;
    if (inserted > before) [before, movedAt] = [inserted, performance.now()];
    if (performance.now() - movedAt > STUCK_MS)
      throw new Error(child.lastWords(`is stuck at ${String(inserted)} events`));
    child.mustRun();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What was rolled back and inserted again has been counted twice: those that are left come now. */
async function mustBeStored({ database, events }: Place): Promise<void> {
  const deadline = performance.now() + STUCK_MS;
  for (;;) {
    const [row] = await database.run<{ count: number }>('select count(*)::int as count from event');
    if (row?.count === events) return;
    if (performance.now() > deadline) throw new Error(`${String(row?.count)} of ${String(events)} events are there`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
