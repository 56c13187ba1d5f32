import { Engine } from '../../src/engine/engine.js';
import { LiveJourneys } from '../../src/engine/live-journeys.js';
import { PostgresDatabase } from '../../src/store/database.js';
import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { openDatabases, type BenchDatabase, type Databases } from '../rig/databases.js';
import { profiled } from '../rig/profiled.js';
import { quietEngine } from './quiet-engine.js';
import { remember, shop } from './shop.js';

const CUSTOMERS = 10;
const MANY = 100_000;
const FEW = 100;
/** One event a transaction, so that nothing is shared between two. */
const EVENTS = 1_500;

export const history: Bench = {
  name: 'history',
  unit: 'events',
  work: 'events, one a transaction, of customers with 100,000 past events, that ask for count, sum and last; beside it with 100 past events',
  atLeast: 0.5,
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  await databases.template('with_history', async (database) => {
    await remember(database, 'many-', CUSTOMERS, Math.round(MANY * scale));
    await remember(database, 'few-', CUSTOMERS, FEW);
    await fill(database);
    await database.run('vacuum analyze');
  });
  const events = Math.max(200, Math.round(EVENTS * scale));
  return {
    ours: () => run(databases, 'many-', events),
    bare: () => run(databases, 'few-', events),
    profile: () => profiled(() => run(databases, 'many-', events)),
    close: () => databases.close(),
  };
}

/** The journey begins to count, and what came before is counted. */
async function fill(database: BenchDatabase): Promise<void> {
  const db = await PostgresDatabase.connect({ url: database.url, poolSize: 2 });
  const engine = await makeEngine(db);
  while (await engine.fillRollups());
  await db.close();
}

async function makeEngine(db: PostgresDatabase): Promise<Engine> {
  const live = await LiveJourneys.load(db, shop());
  return new Engine({ db, live, observer: quietEngine, queued: () => undefined });
}

async function run(databases: Databases, prefix: string, count: number): Promise<Run> {
  const database = await databases.fresh('with_history');
  const db = await PostgresDatabase.connect({ url: database.url, poolSize: 2 });
  try {
    const engine = await makeEngine(db);
    await visits(engine, prefix, 50, 'warm');
    const began = performance.now();
    await visits(engine, prefix, count, 'timed');
    const seconds = (performance.now() - began) / 1_000;
    await mustHaveSent(database, count + 50);
    return { rate: count / seconds };
  } finally {
    await db.close();
    await database.drop();
  }
}

async function visits(engine: Engine, prefix: string, count: number, name: string): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const customer = `${prefix}${String((number % CUSTOMERS) + 1)}`;
    const id = `${name}-${String(number)}`;
    const event = { customer, id, source: '/bench', type: 'visit', time: undefined, data: {} };
    await engine.decide({ source: 'http', events: [event] });
  }
}

/** All that was asked has to have held. */
async function mustHaveSent(database: BenchDatabase, count: number): Promise<void> {
  const [row] = await database.run<{ messages: number }>('select count(*)::int as messages from message');
  if (row?.messages !== count) throw new Error(`${String(row?.messages)} messages came of ${String(count)} visits`);
}
