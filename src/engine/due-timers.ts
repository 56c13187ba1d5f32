import { reach } from '../crash-points.js';
import type { Connection, Database } from '../store/connection.js';
import type { ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import { lockDueCustomers } from '../store/engine/lock-due-customers.sql.js';
import { parkTimers } from '../store/engine/park-timers.sql.js';
import { isTransient } from '../store/transient.js';
import type { Case } from './batch.js';
import { reasonOf } from './dead-letter-of.js';
import { virtual } from './decide-batch.js';
import type { Turn } from './decide-cases.js';
import { decideTogether, together, type RoundResult } from './decide-together.js';
import type { EngineObserver, VirtualClock } from './engine-observer.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Telling } from './tell-outcomes.js';

/**
 * Timers that have fallen due, up to `limit` customers in one transaction; one that cannot be decided is parked. Fewer customers
 * than asked for means that no more are due.
 */
export async function decideDue(
  db: Database,
  live: LiveJourneys,
  clock: VirtualClock,
  limit: number,
  observer: EngineObserver,
  tell: Telling,
): Promise<RoundResult> {
  try {
    return await db.transaction(async (tx) =>
      decideLocked(tx, live, clock, await lockDue(tx, clock, limit), observer, tell),
    );
  } catch (error) {
    if (isTransient(error)) throw error;
    return decideOneByOne(db, live, clock, limit, observer, tell);
  }
}

async function lockDue(tx: Connection, clock: VirtualClock, limit: number): Promise<readonly string[]> {
  reach('timers.begun');
  return (await tx.run(lockDueCustomers, [virtual(clock), limit])).map(({ id }) => id);
}

function decideLocked(
  tx: Connection,
  live: LiveJourneys,
  clock: VirtualClock,
  ids: readonly string[],
  observer: EngineObserver,
  tell: Telling,
): Promise<RoundResult> {
  const opened = (cases: readonly Case[]): void => {
    observer.timerLag(lagOf(cases));
  };
  return decideTogether(tx, live, { ids, turn: timers, clock, tell, opened });
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
  tell: Telling,
): Promise<RoundResult> {
  const ids = await db.transaction((tx) => lockDue(tx, clock, limit));
  const results: RoundResult[] = [];
  for (const id of ids) {
    try {
      results.push(await db.transaction((tx) => decideLocked(tx, live, clock, [id], observer, tell)));
    } catch (error) {
      if (isTransient(error)) throw error;
      observer.poisoned({ customer: id }, error);
      await db.run(parkTimers, [id, reasonOf(error), virtual(clock)]);
    }
  }
  return { ...together(results), customers: ids.length };
}
