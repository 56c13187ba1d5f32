import { loadWorkspace } from '../../src/domain/workspace.js';
import { Engine } from '../../src/engine/engine.js';
import { LiveJourneys } from '../../src/engine/live-journeys.js';
import { PostgresDatabase } from '../../src/store/database.js';
import type { Bench, OpenBench } from '../bench.js';
import { quietEngine } from '../history/quiet-engine.js';
import { drive } from '../main/drive.js';
import { startProvider, type Provider } from '../main/provider.js';
import { introduce, type Subject, peyk } from '../main/run.js';
import { bodies, firstText, purchases, type Purchase } from '../main/work.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { hourIn } from '../policy/work.js';
import { openDatabases, type BenchDatabase, type Databases } from '../rig/databases.js';
import { openBench } from '../rig/open-bench.js';
import { files } from './files.js';

const MESSAGES = 100_000;
const BATCH = 500;
/** The night was so long ago, in hours: all of it is over. */
const NIGHT = 8;
const HOUR = 3_600_000;

export const release: Bench = {
  name: 'release',
  unit: 'messages',
  work: '100,000 messages held for the night leave in the morning; beside it as many that events make afresh',
  beside: 'fresh',
  atLeast: 0.8,
  open,
};

/** What both sides share: who there is, and the files with quiet hours that are over. */
interface Shared {
  readonly databases: Databases;
  readonly all: readonly Purchase[];
  readonly texts: Readonly<Record<string, string>>;
}

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const all = purchases(Math.max(BATCH, Math.round(MESSAGES * scale)));
  const texts = files(`${hourIn(-NIGHT - 1)}-${hourIn(0)}`);
  const shared = { databases, all, texts };
  await databases.template('held', (database) => holdAll(database, shared));
  return openBench({
    ours: (profileInto) => ours(shared, profileInto),
    bare: () => fresh(shared),
    close: () => databases.close(),
  });
}

/** By a clock that stands in the night. */
async function holdAll(database: BenchDatabase, { all, texts }: Shared): Promise<void> {
  await introduce(database, all, Date.now() - (NIGHT + 1) * HOUR);
  const db = await PostgresDatabase.connect({ url: database.url, poolSize: 2 });
  const { workspace } = loadWorkspace(new Map(Object.entries(texts)));
  if (workspace === undefined) throw new Error('the files of the bench do not check');
  const live = await LiveJourneys.load(db, workspace);
  const night = Date.now() - NIGHT * HOUR;
  const engine = new Engine({ db, live, observer: quietEngine, queued: () => undefined, clock: () => night });
  for (let from = 0; from < all.length; from += BATCH) {
    const events = all.slice(from, from + BATCH).map(({ customer, order, amount }) => ({
      ...{ id: order, source: '/bench', type: 'purchase.completed', customer, time: undefined },
      data: { order_id: order, amount },
    }));
    await engine.decide({ source: 'http', events });
  }
  await db.close();
  const [row] = await database.run<{ held: number }>(
    `select count(*)::int as held from enrolment where wake_at <= now()`,
  );
  if (row?.held !== all.length) throw new Error(`${String(row?.held)} of ${String(all.length)} messages are held`);
  await database.run('vacuum analyze');
}

function ours({ databases, all, texts }: Shared, profileInto?: string): Promise<Run> {
  return timed(databases.fresh('held'), all, peyk(profileInto, texts), () => Promise.resolve());
}

async function fresh({ databases, all, texts }: Shared): Promise<Run> {
  const database = await databases.fresh();
  await introduce(database, all);
  const requests = bodies(all, BATCH);
  return timed(Promise.resolve(database), all, peyk(undefined, texts), ({ url }) => drive(url, requests));
}

/** From the first message that left to the last, by the provider's clock. */
async function timed(
  fresh: Promise<BenchDatabase>,
  all: readonly Purchase[],
  start: ReturnType<typeof peyk>,
  work: (subject: Subject) => Promise<void>,
): Promise<Run> {
  const database = await fresh;
  const stops = [() => database.drop()];
  try {
    const provider = await startProvider();
    stops.push(() => provider.stop());
    const subject = await start(database, provider);
    stops.push(() => subject.stop());
    const ended = provider.until(all.length, () => {
      subject.child.mustRun();
    });
    await Promise.all([work(subject), ended]);
    return await rateOf(provider, all);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function rateOf(provider: Provider, all: readonly Purchase[]): Promise<Run> {
  const texts = all.map(({ phone, name, order }) => `0${phone.slice(3)}\n${firstText(name, order)}`);
  await provider.mustHaveSent(new Set(texts));
  const at = (await provider.sent()).map((sent) => sent.at);
  const first = at.reduce((least, one) => Math.min(least, one), Infinity);
  const last = at.reduce((most, one) => Math.max(most, one), -Infinity);
  return { rate: (all.length - 1) / ((last - first) / 1_000) };
}
