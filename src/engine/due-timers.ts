import { reach } from '../crash-points.js';
import type { Connection, Database } from '../store/connection.js';
import { claimCustomers, type ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import { lockDueCustomers } from '../store/engine/lock-due-customers.sql.js';
import { parkTimers } from '../store/engine/park-timers.sql.js';
import { isTransient } from '../store/transient.js';
import type { Case } from './batch.js';
import { reasonOf } from './dead-letter-of.js';
import { virtual, type BatchResult } from './decide-batch.js';
import { decideCases, type Turn } from './decide-cases.js';
import type { EngineObserver, VirtualClock } from './engine-observer.js';
import type { LiveJourneys } from './live-journeys.js';
import { openCases } from './load.js';
import { saveRollups } from './save-rollups.js';
import { noteDoneTasks } from './save-tasks.js';
import { save } from './save.js';

export interface DueResult extends Pick<BatchResult, 'outcomes' | 'queued'> {
  /** How many customers were locked: fewer than asked for means that no more are due. */
  readonly customers: number;
}

/** Timers that have fallen due, up to `limit` customers in one transaction; one that cannot be decided is parked. */
export async function decideDue(
  db: Database,
  live: LiveJourneys,
  clock: VirtualClock,
  limit: number,
  observer: EngineObserver,
): Promise<DueResult> {
  try {
    return await db.transaction(async (tx) => decideLocked(tx, live, clock, await lockDue(tx, clock, limit), observer));
  } catch (error) {
    if (isTransient(error)) throw error;
    return decideOneByOne(db, live, clock, limit, observer);
  }
}

async function lockDue(tx: Connection, clock: VirtualClock, limit: number): Promise<readonly string[]> {
  reach('timers.begun');
  return (await tx.run(lockDueCustomers, [virtual(clock), limit])).map(({ id }) => id);
}

async function decideLocked(
  tx: Connection,
  live: LiveJourneys,
  clock: VirtualClock,
  ids: readonly string[],
  observer: EngineObserver,
): Promise<DueResult> {
  if (ids.length === 0) return { outcomes: [], queued: 0, customers: 0 };
  const customers = await tx.run(claimCustomers, [ids, ids.map(() => 0), virtual(clock)]);
  reach('timers.claimed');
  const cases = await openCases(
    tx,
    live,
    customers.map((customer) => ({ customer, events: [] })),
  );
  observer.timerLag(lagOf(cases));
  const { outcomes, emitted, rolled } = await decideCases(tx, live, cases, timers);
  await saveRollups(tx, rolled, emitted);
  const queued = await save(tx, live, outcomes);
  await noteDoneTasks(tx, emitted);
  reach('timers.saved');
  return { outcomes, queued, customers: customers.length };
}

const timers: Turn = {
  decide: ({ customer: { decided_at: now } }, _, sitting) => sitting.decideTimers(now + 1, now),
  stimulusOf: ({ customer }) => `timer:${String(customer.seq)}`,
};

function lagOf(cases: readonly Case[]): number {
  const lags = cases.map(({ customer, desk }: { customer: ClaimedCustomer; desk: Case['desk'] }) => {
    const due = desk.nextWake();
    return due === undefined ? 0 : customer.decided_at - due;
  });
  return lags.reduce((most, lag) => Math.max(most, lag), 0);
}

/** Somebody's timer fails: each customer alone, so that only that one is parked and everyone else commits. */
async function decideOneByOne(
  db: Database,
  live: LiveJourneys,
  clock: VirtualClock,
  limit: number,
  observer: EngineObserver,
): Promise<DueResult> {
  const ids = await db.transaction((tx) => lockDue(tx, clock, limit));
  const results: DueResult[] = [];
  for (const id of ids) {
    try {
      results.push(await db.transaction((tx) => decideLocked(tx, live, clock, [id], observer)));
    } catch (error) {
      if (isTransient(error)) throw error;
      observer.poisoned({ customer: id }, error);
      await db.run(parkTimers, [id, reasonOf(error), virtual(clock)]);
    }
  }
  return {
    outcomes: results.flatMap(({ outcomes }) => outcomes),
    queued: results.reduce((sum, { queued }) => sum + queued, 0),
    customers: ids.length,
  };
}
