/** The work of `main` on graphile-worker. Arguments: database, provider. */
import { Logger, run, runMigrations } from 'graphile-worker';
import { Pool } from 'pg';
import { isLargeEnough, openDoor, sendShipped, sendThanks, settled, store } from './door.mjs';
import { gather } from './gather.mjs';
import { arrived, keepSent, openRecords, purchaseColumns, sentColumns } from './records.mjs';

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
// A job is gone when it is done, and its key with it: what makes the same event again no second job is the purchase that is kept.
const write = await openRecords(pgPool);

const jobsOf = `select from graphile_worker.add_jobs(
  array(select (task, payload, null, run_at, null, null, null, null)::graphile_worker.job_spec from fresh))`;
const addFresh = `with ${arrived}, fresh as (select 'thanks' as task, now() as run_at, purchase as payload from arrived)
  ${jobsOf}`;
const addShipped = `with kept as (${keepSent}), fresh as (
    select 'shipped' as task, payload, now() + interval '1 second' as run_at from unnest($4::json[]) as t (payload))
  ${jobsOf}`;

/** Purchases and jobs in one statement. */
const accept = (purchases) => pgPool.query({ name: 'fresh', text: addFresh, values: purchaseColumns(purchases) });

/** What was sent and the jobs that follow, in one statement. */
async function add(sent) {
  const values = [...sentColumns(sent), sent.map(({ purchase }) => JSON.stringify(purchase))];
  await pgPool.query({ name: 'shipped', text: addShipped, values });
}

const shipLater = gathered ? gather(add) : (sent) => add([sent]);
const keep = gathered ? gather(write) : (sent) => write([sent]);

const taskList = {
  thanks: async (purchase) => {
    if (!isLargeEnough(purchase)) return;
    const { providerId } = await sendThanks(purchase);
    await shipLater({ purchase, text: 'thanks', providerId });
  },
  shipped: async (purchase) => {
    const { providerId } = await sendShipped(purchase);
    await keep({ purchase, text: 'shipped', providerId });
  },
};

const logger = new Logger(() => (level, message) => {
  if (level === 'error') console.error(message);
});
await run({ pgPool, taskList, preset: { worker: { ...worker, logger } }, noHandleSignals: true });
await openDoor(accept);
