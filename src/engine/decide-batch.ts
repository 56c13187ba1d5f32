import { reach } from '../crash-points.js';
import { printInstant } from '../domain/time/instant.js';
import type { DeadLetter, OffsetMove } from '../intake/intake.js';
import type { Connection } from '../store/connection.js';
import { claimCustomers, type ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import { insertDeadLetters } from '../store/engine/insert-dead-letters.sql.js';
import { moveOffset } from '../store/kafka/move-offset.js';
import { byCustomer, number, type BatchEvent } from './batch.js';
import { decideCases, type Turn } from './decide-cases.js';
import type { VirtualClock } from './engine-observer.js';
import { keepEvents, type Kept } from './keep-events.js';
import type { LiveJourneys } from './live-journeys.js';
import { openCases, type Numbered } from './load.js';
import { MergedAwayError } from './merging/merged-away.error.js';
import { noteReceipts, noteReplies } from './note-receipts.js';
import { saveRollups } from './save-rollups.js';
import { saveEntries, type Limited } from './save-entries.js';
import { settleTasks } from './save-tasks.js';
import { save, type Outcome } from './save.js';
import type { Telling } from './tell-outcomes.js';

/** One transaction's work: events to decide, letters to keep, and what has to move with them. */
export interface OpenBatch {
  readonly events: readonly BatchEvent[];
  readonly dead: readonly DeadLetter[];
  readonly move: OffsetMove | undefined;
}

export interface Batch extends OpenBatch {
  /** For events that the engine itself has made: their numbers, in the order of `events`. */
  readonly pending: readonly number[] | undefined;
}

export interface BatchResult {
  /** For each event of the batch whether it was new. */
  readonly fresh: readonly boolean[];
  readonly outcomes: readonly Outcome[];
  readonly queued: number;
  /** Journeys that have paused themselves. */
  readonly limited: readonly Limited[];
}

/** Decides a batch of events in the given transaction: lock, load, keep, decide, save, move the offset. */
export async function decideBatch(
  tx: Connection,
  live: LiveJourneys,
  batch: OpenBatch,
  clock: VirtualClock,
  tell: Telling,
): Promise<BatchResult> {
  reach('batch.begun');
  const { events } = batch;
  const groups = byCustomer(events);
  const customers = await claim(tx, groups, clock);
  reach('batch.claimed');
  const numbered = customers.map((customer) => ({ customer, events: number(groups.get(customer.id) ?? [], customer) }));
  const cases = await openCases(tx, live, numbered);
  const kept = await keepEvents(
    tx,
    live.bundle,
    numbered.flatMap((one) => one.events),
  );
  reach('batch.kept');
  const { outcomes, emitted, rolled } = await decideCases(tx, live, cases, turnWith(kept));
  const fresh = [...kept.fresh, ...emitted];
  await saveRollups(tx, { ...kept.rolled, ...rolled }, fresh);
  const queued = await save(tx, live, outcomes);
  await settleTasks(tx, outcomes, fresh);
  await tell(tx, live, outcomes, fresh);
  const limited = await saveEntries(tx, live, outcomes, virtual(clock));
  await noteReceipts(tx, fresh);
  await noteReplies(tx, fresh);
  if (batch.dead.length > 0) await tx.run(insertDeadLetters, deadColumns(batch.dead));
  if (batch.move !== undefined) await moveOffset(tx, batch.move);
  reach('batch.saved');
  return { fresh: whichAreFresh(events, numbered, kept), outcomes, queued, limited };
}

async function claim(
  tx: Connection,
  groups: ReadonlyMap<string, readonly BatchEvent[]>,
  clock: VirtualClock,
): Promise<readonly ClaimedCustomer[]> {
  if (groups.size === 0) return [];
  const decisions = [...groups.values()].map(({ length }) => length);
  const customers = await tx.run(claimCustomers, [[...groups.keys()], decisions, virtual(clock)]);
  const gone = mergedOf(customers);
  if (gone.length > 0) throw new MergedAwayError(gone);
  return customers;
}

/** Those who are second names of others. */
export function mergedOf(customers: readonly ClaimedCustomer[]): readonly string[] {
  return customers.flatMap(({ id, merged_into: other }) => (other === null ? [] : [id]));
}

export function virtual(clock: VirtualClock): string | null {
  const instant = clock();
  return instant === undefined ? null : printInstant(instant);
}

/** First the customer's timers that fell due before the events came, then the events that are new. */
function turnWith(kept: Kept): Turn {
  return {
    *decide({ customer, events, desk }, under, sitting) {
      const now = customer.decided_at;
      const fresh = events.filter((event) => kept.isFresh(event));
      const [first] = fresh;
      if (first === undefined) return;
      // The last number before the first event: those of duplicates are nobody's.
      desk.facts = { ...desk.facts, seq: first.event.seq - 1 };
      yield* sitting.decideTimers(now, now);
      for (const event of fresh) yield* sitting.decideEvent(under.moveUp(event), now, event.chain);
    },
    stimulusOf: ({ customer }) => `event:${String(customer.seq)}`,
  };
}

function whichAreFresh(events: readonly BatchEvent[], numbered: readonly Numbered[], kept: Kept): readonly boolean[] {
  const own = new Map(numbered.map((one) => [one.customer.id, one.events.values()]));
  return events.map(({ customer }) => {
    const next = own.get(customer)?.next().value;
    return next !== undefined && kept.isFresh(next);
  });
}

function deadColumns(letters: readonly DeadLetter[]): readonly unknown[] {
  return [
    letters.map(({ source }) => source),
    letters.map(({ origin }) => origin ?? null),
    letters.map(({ topic }) => topic ?? null),
    letters.map(({ key }) => key ?? null),
    letters.map(({ payload }) => payload),
    letters.map(({ headers }) => JSON.stringify(headers)),
    letters.map(({ place: where }) => where),
    letters.map(({ reason }) => reason),
  ];
}
