/** The work of `main` on DBOS Transact. Arguments: database, provider. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { isLargeEnough, openDoor, sendShipped, sendThanks, settled, store, WAIT_MS } from './door.mjs';

const { poolSize, queued, workerConcurrency, minPollingIntervalMs } = settled({
  poolSize: 20,
  queued: false,
  workerConcurrency: 1000,
  minPollingIntervalMs: 100,
});

const purchased = DBOS.registerWorkflow(
  async (purchase) => {
    if (!isLargeEnough(purchase)) return;
    await DBOS.runStep(() => sendThanks(purchase), { name: 'thanks' });
    await DBOS.sleep(WAIT_MS);
    await DBOS.runStep(() => sendShipped(purchase), { name: 'shipped' });
  },
  { name: 'purchased' },
);

DBOS.setConfig({
  name: 'purchases',
  systemDatabaseUrl: store,
  systemDatabasePoolSize: poolSize,
  logLevel: 'error',
});
await DBOS.launch();
if (queued) await DBOS.registerQueue('purchases', { workerConcurrency, minPollingIntervalMs });

/** A workflow's id is the event's: the same event again is no second workflow. */
function start(purchase) {
  const params = { workflowID: purchase.id, ...(queued ? { queueName: 'purchases' } : {}) };
  return DBOS.startWorkflow(purchased, params)(purchase);
}

await openDoor((purchases) => Promise.all(purchases.map(start)));
