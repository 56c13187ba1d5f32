import type { Merge } from '../../domain/merging/merge-faults.js';
import { doubleEnrolments, mostRounds } from '../../domain/merging/double-enrolments.js';
import type { Enrolment } from '../../domain/journey/enrolment.js';
import type { Connection } from '../../store/connection.js';
import { claimCustomers, type ClaimedCustomer } from '../../store/engine/claim-customers.sql.js';
import { loadEnrolments } from '../../store/engine/load-enrolments.sql.js';
import { hasEvent } from '../../store/merging/has-event.sql.js';
import { lockPendingEvents } from '../../store/merging/lock-pending-events.sql.js';
import { identity, type BatchEvent } from '../batch.js';
import { decideBatch, mergedOf, virtual, type BatchResult, type OpenBatch } from '../decide-batch.js';
import { decideTogether, together, type RoundResult } from '../decide-together.js';
import type { VirtualClock } from '../engine-observer.js';
import { readEnrolment } from '../enrolment-row.js';
import type { LiveJourneys } from '../live-journeys.js';
import type { Telling } from '../tell-outcomes.js';
import { mergeInto } from './merge-customers.js';
import { MergedAwayError } from './merged-away.error.js';

/** A batch of one event, which says that two customers are one. */
export interface MergeBatch extends Omit<OpenBatch, 'events'> {
  readonly event: BatchEvent;
  /** By the ids that they go by, as far as it is known. */
  readonly merge: Merge;
}

interface Deciding {
  readonly live: LiveJourneys;
  readonly clock: VirtualClock;
  readonly tell: Telling;
}

/**
 * Makes two customers one and decides the event that says so as one of the customer who is left, in the given transaction: lock both in the order of
 * all batches, let go who is inside twice, move, decide.
 */
export async function decideMerge(tx: Connection, batch: MergeBatch, how: Deciding): Promise<BatchResult> {
  const { live, clock, tell } = how;
  const { event, merge, dead, move } = batch;
  const left = await mergeUnlessDone(tx, merge, event, how);
  const events = [{ ...event, customer: merge.into }];
  const decided = await decideBatch(tx, live, { events, dead, move }, clock, tell);
  return {
    ...decided,
    outcomes: [...left.outcomes, ...decided.outcomes],
    queued: left.queued + decided.queued,
    limited: [...left.limited, ...decided.limited],
  };
}

/** Nothing where they are one already, or the event was seen before. */
async function mergeUnlessDone(
  tx: Connection,
  { from, into }: Merge,
  event: BatchEvent,
  how: Deciding,
): Promise<RoundResult> {
  if (from === into) return together([]);
  await tx.run(lockPendingEvents, [from]);
  const both = await lock(tx, from, into, how.clock);
  const [seen] = await tx.run(hasEvent, [into, identity(event)]);
  if (seen?.known === true) return together([]);
  const left = await letGoWhoIsTwice(tx, both, how);
  // What an end does may have changed either of them.
  const now = left.customers === 0 ? both : await lock(tx, from, into, how.clock);
  await mergeInto(tx, now.from, now.into);
  return left;
}

interface Both {
  readonly from: ClaimedCustomer;
  readonly into: ClaimedCustomer;
}

/** In one statement, in the order of all batches; whoever is not known yet is. */
async function lock(tx: Connection, from: string, into: string, clock: VirtualClock): Promise<Both> {
  const rows = await tx.run(claimCustomers, [[from, into], [0, 0], virtual(clock)]);
  const gone = mergedOf(rows);
  if (gone.length > 0) throw new MergedAwayError(gone);
  const [one, other] = [rows.find(({ id }) => id === from), rows.find(({ id }) => id === into)];
  if (one === undefined || other === undefined) throw new Error(`customers ${from} and ${into} could not be claimed`);
  return { from: one, into: other };
}

/** Of the enrolments of both in one journey about one thing the newer ends as it would by itself, before anything has moved. */
async function letGoWhoIsTwice(tx: Connection, both: Both, how: Deciding): Promise<RoundResult> {
  const rounds: RoundResult[] = [];
  for (;;) {
    const leaving = await insideTwice(tx, both);
    const [first] = leaving;
    if (first === undefined) return together(rounds);
    if (rounds.length === mostRounds) throw new Error(`journey ${first.journey} is entered again whenever it is left`);
    const ids = [...new Set(leaving.map(({ customer }) => customer))];
    rounds.push(await decideTogether(tx, how.live, { ...how, ids, turn: leavingBy(leaving) }));
  }
}

async function insideTwice(tx: Connection, { from, into }: Both): Promise<readonly Enrolment[]> {
  const rows = await tx.run(loadEnrolments, [[from.id, into.id]]);
  const [ofFrom = [], ofInto = []] = [from, into].map(({ id }) =>
    rows.filter((row) => row.customer_id === id).map(readEnrolment),
  );
  return doubleEnrolments(ofFrom, ofInto);
}

function leavingBy(leaving: readonly Enrolment[]): Parameters<typeof decideTogether>[2]['turn'] {
  return {
    decide: ({ customer: { id, decided_at: now } }, _, sitting) =>
      sitting.leaveMerged(
        leaving.filter(({ customer }) => customer === id),
        now,
      ),
    stimulusOf: ({ customer }) => `merge:${String(customer.seq)}`,
  };
}
