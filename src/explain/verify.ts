import type { Connection, Database } from '../store/connection.js';
import { beginSnapshot } from '../store/explain/begin-snapshot.sql.js';
import { readBundles } from '../store/explain/read-bundles.sql.js';
import { readChanges } from '../store/explain/read-changes.sql.js';
import { readCustomers } from '../store/explain/read-customers.sql.js';
import { readJourneyPauses, type KeptPause } from '../store/explain/read-journey-pauses.sql.js';
import { readKeptEnrolments } from '../store/explain/read-kept-enrolments.sql.js';
import { readKeptEvents } from '../store/explain/read-kept-events.sql.js';
import { readKeptLinks } from '../store/explain/read-kept-links.sql.js';
import { readKeptMessages } from '../store/explain/read-kept-messages.sql.js';
import { readKeptCalls } from '../store/explain/read-kept-calls.sql.js';
import { readKeptTasks } from '../store/explain/read-kept-tasks.sql.js';
import { readPruned } from '../store/explain/read-pruned.sql.js';
import { sampleCustomers } from '../store/explain/sample-customers.sql.js';
import { rootOf } from '../store/merging/root-of.js';
import type { CustomerRecord } from './customer-record.js';
import type { Difference, Unverified } from './differences.js';
import { grouped } from './grouped.js';
import { KeptFiles } from './kept-files.js';
import { verifyCustomer } from './verify-customer.js';

/** Whom to verify: one customer, or so many that the seed chooses. */
export type VerifyWhom = { readonly customer: string } | { readonly sample: number; readonly seed: number };

export interface Verification {
  /** How many were looked at. */
  readonly customers: number;
  readonly enrolments: number;
  readonly messages: number;
  readonly differences: readonly Difference[];
  readonly unverified: readonly Unverified[];
}

/** Customers read together. */
const CHUNK = 200;

/**
 * Decides the past of some customers once more, from what was known then, and compares it with what is kept. Reads only; each
 * customer is seen as of one moment, so that engines may go on meanwhile.
 */
export async function verify(db: Database, whom: VerifyWhom): Promise<Verification> {
  const ids = 'customer' in whom ? [await rootOf(db, whom.customer)] : await sample(db, whom);
  const files = new KeptFiles();
  const counts = { customers: 0, enrolments: 0, messages: 0 };
  const [differences, unverified]: [Difference[], Unverified[]] = [[], []];
  for (let from = 0; from < ids.length; from += CHUNK) {
    const { records, pauses } = await readRecords(db, ids.slice(from, from + CHUNK), files);
    for (const record of records) {
      const verified = verifyCustomer(record, files, pauses);
      differences.push(...verified.differences);
      unverified.push(...verified.unverified);
      counts.customers += 1;
      counts.enrolments += record.enrolments.length;
      counts.messages += record.messages.length;
    }
  }
  return { ...counts, differences, unverified };
}

async function sample(db: Database, { sample: most, seed }: { sample: number; seed: number }): Promise<string[]> {
  return (await db.run(sampleCustomers, [most, seed])).map(({ id }) => id);
}

/** One transaction, one statement a table. */
export async function readRecords(
  db: Database,
  ids: readonly string[],
  files: KeptFiles,
): Promise<{ readonly records: readonly CustomerRecord[]; readonly pauses: readonly KeptPause[] }> {
  return db.transaction(async (tx) => {
    await tx.run(beginSnapshot);
    const customers = await tx.run(readCustomers, [ids]);
    const events = grouped(await tx.run(readKeptEvents, [ids]), byCustomer);
    const changes = grouped(await tx.run(readChanges, [ids]), byCustomer);
    const enrolments = grouped(await tx.run(readKeptEnrolments, [ids]), byCustomer);
    const messages = grouped(await tx.run(readKeptMessages, [ids]), byCustomer);
    const links = grouped(await tx.run(readKeptLinks, [ids]), byCustomer);
    const tasks = grouped(await tx.run(readKeptTasks, [ids]), byCustomer);
    const calls = grouped(await tx.run(readKeptCalls, [ids]), byCustomer);
    const [pruned] = await tx.run(readPruned);
    const of = <T>(rows: ReadonlyMap<string, readonly T[]>, id: string): readonly T[] => rows.get(id) ?? [];
    const records = customers.map((customer) => ({
      customer,
      events: of(events, customer.id),
      changes: of(changes, customer.id),
      enrolments: of(enrolments, customer.id),
      messages: of(messages, customer.id),
      links: of(links, customer.id),
      tasks: of(tasks, customer.id),
      calls: of(calls, customer.id),
      pruned,
    }));
    await readFiles(tx, records, files);
    return { records, pauses: await tx.run(readJourneyPauses) };
  });
}

function byCustomer({ customer_id }: { readonly customer_id: string }): string {
  return customer_id;
}

async function readFiles(tx: Connection, records: readonly CustomerRecord[], files: KeptFiles): Promise<void> {
  const missing = new Set(records.flatMap(bundlesOf).filter((no) => !files.has(no)));
  if (missing.size === 0) return;
  for (const { no, files: texts } of await tx.run(readBundles, [[...missing]])) files.add(no, texts);
}

function bundlesOf({ events, enrolments }: CustomerRecord): readonly number[] {
  const timers = enrolments.flatMap((one) => one.timers.flatMap((timer) => (timer === null ? [] : [timer[2]])));
  return [...events.map(({ bundle }) => bundle), ...timers];
}
