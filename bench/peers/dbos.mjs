/** The work of `main` on DBOS Transact. Arguments: database, provider. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { enqueueWorkflows, prepareEnqueuedWorkflow } from '@dbos-inc/dbos-sdk/eventreceiver';
import { isLargeEnough, openDoor, sendShipped, sendThanks, settled, store, WAIT_MS } from './door.mjs';

const { poolSize, workerConcurrency, minPollingIntervalMs } = settled({
  poolSize: 20,
  workerConcurrency: 300,
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
await DBOS.registerQueue('purchases', { workerConcurrency, minPollingIntervalMs });

/** A workflow's id is the event's: the same event again is no second workflow. A request's are one transaction. */
async function enqueue(purchases) {
  const rowOf = (purchase) =>
    prepareEnqueuedWorkflow(purchased, [purchase], { workflowID: purchase.id, queueName: 'purchases' });
  await enqueueWorkflows(await Promise.all(purchases.map(rowOf)));
}

await openDoor(enqueue);
