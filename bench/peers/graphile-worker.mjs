/** The work of `main` on graphile-worker. Arguments: database, provider. */
import { Logger, run, runMigrations } from 'graphile-worker';
import { Pool } from 'pg';
import { isLargeEnough, openDoor, sendShipped, sendThanks, settled, store } from './door.mjs';
import { gather } from './gather.mjs';

const { poolSize, gathered, ...worker } = settled({
  poolSize: 12,
  gathered: true,
  concurrentJobs: 100,
  pollInterval: 100,
  localQueue: { size: 500 },
  completeJobBatchDelay: 10,
  failJobBatchDelay: 10,
});
const pgPool = new Pool({ connectionString: store, max: poolSize });
pgPool.on('error', (error) => console.error(error));
pgPool.on('connect', (client) => client.on('error', (error) => console.error(error)));
await runMigrations({ pgPool });
// A job is gone when it is done, and its key with it: what makes the same event again no second job is this table.
await pgPool.query('create table inbox (id text primary key)');

const specs = `array(select (task, payload, null, run_at, null, null, null, null)::graphile_worker.job_spec from fresh)`;
const addFresh = `with inbox as (insert into inbox select unnest($1::text[]) on conflict do nothing returning id),
    fresh as (select 'thanks' as task, payload, now() as run_at from unnest($1::text[], $2::json[]) as t (id, payload)
      join inbox using (id))
  select from graphile_worker.add_jobs(${specs})`;
const addShipped = `with fresh as (
    select 'shipped' as task, payload, now() + interval '1 second' as run_at from unnest($1::json[]) as t (payload))
  select from graphile_worker.add_jobs(${specs})`;

/** Inbox and jobs in one statement. */
async function accept(purchases) {
  const byId = new Map(purchases.map((purchase) => [purchase.id, JSON.stringify(purchase)]));
  await pgPool.query({ name: 'fresh', text: addFresh, values: [[...byId.keys()], [...byId.values()]] });
}

async function add(purchases) {
  const values = [purchases.map((purchase) => JSON.stringify(purchase))];
  await pgPool.query({ name: 'shipped', text: addShipped, values });
}

const shipLater = gathered ? gather(add) : (purchase) => add([purchase]);

const taskList = {
  thanks: async (purchase) => {
    if (!isLargeEnough(purchase)) return;
    await sendThanks(purchase);
    await shipLater(purchase);
  },
  shipped: async (purchase) => void (await sendShipped(purchase)),
};

const logger = new Logger(() => (level, message) => {
  if (level === 'error') console.error(message);
});
await run({ pgPool, taskList, preset: { worker: { ...worker, logger } }, noHandleSignals: true });
await openDoor(accept);
