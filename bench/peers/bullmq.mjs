/** The work of `main` on BullMQ. Arguments: Redis's socket, provider. */
import { Queue, Worker } from 'bullmq';
import { isLargeEnough, openDoor, sendShipped, sendThanks, settled, store, WAIT_MS } from './door.mjs';
import { gather } from './gather.mjs';

const { concurrency, autoPipelining, workers, gathered } = settled({
  concurrency: 100,
  autoPipelining: true,
  workers: 1,
  gathered: true,
});
const connection = { path: store, maxRetriesPerRequest: null, enableAutoPipelining: autoPipelining };
// Done jobs stay: while a job is there, its id is no second job.
const queue = new Queue('purchases', { connection });

const addShipped = (jobs) => queue.addBulk(jobs);
const shipLater = gathered ? gather(addShipped) : (job) => addShipped([job]);

async function perform({ name, data }) {
  if (name === 'shipped') return void (await sendShipped(data));
  if (!isLargeEnough(data)) return;
  await sendThanks(data);
  await shipLater({ name: 'shipped', data, opts: { jobId: `${data.id}-shipped`, delay: WAIT_MS } });
}

for (let number = 0; number < workers; number += 1) {
  const worker = new Worker('purchases', perform, { connection, concurrency });
  worker.on('error', (error) => console.error(error));
  worker.on('failed', (job, error) => console.error(job?.id, error));
  await worker.waitUntilReady();
}

await openDoor((purchases) =>
  queue.addBulk(purchases.map((data) => ({ name: 'thanks', data, opts: { jobId: data.id } }))),
);
