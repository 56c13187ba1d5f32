import type { Bench, OpenBench } from '../bench.js';
import { startProvider } from '../main/provider.js';
import { BATCH, peyk, runMain } from '../main/run.js';
import { purchases } from '../main/work.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { openBench } from '../rig/open-bench.js';
import { openDatabases, type BenchDatabase } from '../rig/databases.js';
import { park } from './parked.js';

const PARKED = 1_000_000;
const A_SECOND = 500;
const SECONDS = 30;
const CUSTOMERS = 60_000;
const late = 'timers later than a second, of 1,000:';

export const timers: Bench = {
  name: 'timers',
  unit: 'messages',
  work: '1,000,000 parked waits: 500 a second fall due for 30 s, then `main`; beside it `main` with none parked',
  atLeast: 0.8,
  ceilings: [{ note: late, atMost: 10 }],
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  await databases.template('parked', async (database) => {
    await park(database, 'parked-', Math.round(PARKED * scale), "now() + interval '30 days' + n * interval '1 second'");
    await database.run('vacuum analyze');
  });
  const all = purchases(Math.max(BATCH, Math.round(CUSTOMERS * scale)));
  const ours = async (profileInto?: string): Promise<Run> => {
    const database = await databases.fresh('parked');
    const notes = { [late]: await lateness(database) };
    const { rate } = await runMain(database, all, peyk(profileInto));
    return { rate, notes };
  };
  return openBench({
    ours,
    bare: async () => runMain(await databases.fresh(), all, peyk()),
    close: () => databases.close(),
  });
}

/** How many of 1,000 timers were decided later than a second after they fell due. */
async function lateness(database: BenchDatabase): Promise<number> {
  const provider = await startProvider();
  const count = A_SECOND * SECONDS;
  const subject = await peyk()(database, provider);
  try {
    await park(database, 'due-', count, `now() + interval '5 seconds' + n * interval '1 second' / ${String(A_SECOND)}`);
    await provider.until(count, () => {
      subject.child.mustRun();
    });
    const [row] = await database.run<{ late: number }>(
      `select 1000.0::float8 * count(*) filter (where ended_at > to_timestamp((state #>> '{trigger,due}')::float8 + 1)) / count(*) as late
       from enrolment where customer_id like 'due-%'`,
    );
    return row?.late ?? NaN;
  } finally {
    await subject.stop();
    await provider.stop();
  }
}
