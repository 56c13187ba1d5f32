/** The work of `main` on pg-boss. Arguments: database, provider. */
import { hash } from 'node:crypto';
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { isLargeEnough, openDoor, sendShipped, sendThanks, settled, store, WAIT_MS } from './door.mjs';
import { arrived, openRecords, purchaseColumns } from './records.mjs';

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

const pool = new Pool({ connectionString: store, max: 4 });
const keep = await openRecords(pool);
const arrive = `with ${arrived} select purchase from arrived`;

/** In one transaction: a purchase that is known has its job. */
async function accept(purchases) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query({ name: 'arrive', text: arrive, values: purchaseColumns(purchases) });
    const db = { executeSql: (text, values) => client.query(text, values) };
    await boss.insert(
      'thanks',
      rows.map(({ purchase }) => jobOf(purchase)),
      { db },
    );
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(error);
    throw error;
  }
}

async function sendAll(purchases, text, send) {
  const sent = await Promise.all(purchases.map(async (purchase) => ({ purchase, text, ...(await send(purchase)) })));
  await keep(sent);
}

await boss.work('thanks', work, async (jobs) => {
  const purchases = jobs.map(({ data }) => data).filter(isLargeEnough);
  await sendAll(purchases, 'thanks', sendThanks);
  const startAfter = new Date(Date.now() + WAIT_MS);
  await boss.insert(
    'shipped',
    purchases.map((purchase) => ({ ...jobOf(purchase), startAfter })),
  );
});
await boss.work('shipped', work, async (jobs) => {
  await sendAll(
    jobs.map(({ data }) => data),
    'shipped',
    sendShipped,
  );
});

await openDoor(accept);
