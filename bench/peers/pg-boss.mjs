/** The work of `main` on pg-boss. Arguments: database, provider. */
import { hash } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { isLargeEnough, openDoor, sendShipped, sendThanks, settled, store, WAIT_MS } from './door.mjs';

const { poolSize, partition, notify, ...work } = settled({
  poolSize: 12,
  partition: true,
  notify: false,
  batchSize: 200,
  localConcurrency: 4,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
});
const boss = new PgBoss({ connectionString: store, max: poolSize, useListenNotify: notify });
boss.on('error', (error) => console.error(error));
await boss.start();
for (const name of ['thanks', 'shipped']) await boss.createQueue(name, { partition, notify });

/** A job's id is a UUID; that of an event's job is always the same, and a done job stays for days. */
function jobOf(purchase) {
  const hex = hash('sha1', purchase.id);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  return { id, data: purchase };
}

await boss.work('thanks', work, async (jobs) => {
  const purchases = jobs.map(({ data }) => data).filter(isLargeEnough);
  await Promise.all(purchases.map(sendThanks));
  const startAfter = new Date(Date.now() + WAIT_MS);
  await boss.insert(
    'shipped',
    purchases.map((purchase) => ({ ...jobOf(purchase), startAfter })),
  );
});
await boss.work('shipped', work, async (jobs) => {
  await Promise.all(jobs.map(({ data }) => sendShipped(data)));
});

await openDoor((purchases) => boss.insert('thanks', purchases.map(jobOf)));
