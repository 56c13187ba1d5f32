import { reach } from '../crash-points.js';
import { printInstant } from '../domain/time/instant.js';
import type { DeadLetter, IncomingEvent, OffsetMove } from '../intake/intake.js';
import type { Connection } from '../store/connection.js';
import { claimCustomers, type ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import { insertDeadLetters } from '../store/engine/insert-dead-letters.sql.js';
import { insertEvents } from '../store/engine/insert-events.sql.js';
import { takePendingEvents } from '../store/engine/take-pending-events.sql.js';
import { moveOffset } from '../store/kafka/move-offset.js';
import { byCustomer, number, type Case, type NumberedEvent } from './batch.js';
import type { VirtualClock } from './engine-observer.js';
import type { LiveJourneys } from './live-journeys.js';
import { openCases, type Numbered } from './load.js';
import { saveRollups, type Rolled } from './save-rollups.js';
import { save, type Outcome } from './save.js';

/** One transaction's work: events to decide, letters to keep, and what has to move with them. */
export interface Batch {
  readonly events: readonly IncomingEvent[];
  readonly dead: readonly DeadLetter[];
  readonly move: OffsetMove | undefined;
  /** For events that the engine itself has made: their numbers, in the order of `events`. */
  readonly pending: readonly number[] | undefined;
}

export interface BatchResult {
  /** For each event of the batch whether it was new; pending events that another engine took are left out. */
  readonly fresh: readonly boolean[];
  readonly outcomes: readonly Outcome[];
  readonly queued: number;
}

/** Decides a batch of events in the given transaction: take, lock, load, keep, decide, save, move the offset. */
export async function decideBatch(
  tx: Connection,
  live: LiveJourneys,
  batch: Batch,
  clock: VirtualClock,
): Promise<BatchResult> {
  reach('batch.begun');
  const events = await stillPending(tx, batch);
  const groups = byCustomer(events);
  const customers = await claim(tx, groups, clock);
  reach('batch.claimed');
  const numbered = customers.map((customer) => ({ customer, events: number(groups.get(customer.id) ?? [], customer) }));
  const cases = await openCases(tx, live, numbered);
  const kept = await keep(
    tx,
    live,
    numbered.flatMap((one) => one.events),
  );
  reach('batch.kept');
  const outcomes = cases.map((one) => decide(one, kept));
  await saveRollups(tx, kept.rolled, kept.fresh);
  const queued = await save(tx, live, outcomes);
  if (batch.dead.length > 0) await tx.run(insertDeadLetters, deadColumns(batch.dead));
  if (batch.move !== undefined) await moveOffset(tx, batch.move);
  reach('batch.saved');
  return { fresh: whichAreFresh(events, numbered, kept), outcomes, queued };
}

/** Pending events that another engine has taken meanwhile are no longer ours. */
async function stillPending(tx: Connection, { events, pending }: Batch): Promise<readonly IncomingEvent[]> {
  if (pending === undefined) return events;
  const taken = new Set((await tx.run(takePendingEvents, [pending])).map(({ no }) => no));
  return events.filter((_, place) => taken.has(pending[place] ?? -1));
}

async function claim(
  tx: Connection,
  groups: ReadonlyMap<string, readonly IncomingEvent[]>,
  clock: VirtualClock,
): Promise<readonly ClaimedCustomer[]> {
  if (groups.size === 0) return [];
  const decisions = [...groups.values()].map(({ length }) => length);
  return tx.run(claimCustomers, [[...groups.keys()], decisions, virtual(clock)]);
}

export function virtual(clock: VirtualClock): string | null {
  const instant = clock();
  return instant === undefined ? null : printInstant(instant);
}

/** What became of a batch's events in the database. */
interface Kept {
  readonly fresh: readonly NumberedEvent[];
  isFresh(event: NumberedEvent): boolean;
  readonly rolled: Rolled;
}

async function keep(tx: Connection, live: LiveJourneys, events: readonly NumberedEvent[]): Promise<Kept> {
  if (events.length === 0) return { fresh: events, isFresh: () => true, rolled: {} };
  const [inserted] = await tx.run(insertEvents, [
    events.map(({ customer }) => customer),
    events.map(({ hash }) => hash),
    events.map(({ event }) => event.seq),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.time),
    events.map(({ event }) => event.arrival),
    events.map(({ event }) => event.id),
    events.map(({ event }) => event.source),
    JSON.stringify(events.map(({ event }) => event.data)),
    live.bundle,
    [...new Set(events.map(({ event }) => event.type))],
  ]);
  if (inserted === undefined) throw new Error('the events were not kept');
  const rolled = inserted.rolled ?? {};
  if (inserted.fresh === null) return { fresh: events, isFresh: () => true, rolled };
  const numbers = new Set(inserted.fresh);
  const fresh = new Set(events.filter((_, place) => numbers.has(place + 1)));
  return { fresh: [...fresh], isFresh: (event) => fresh.has(event), rolled };
}

/** First the customer's timers that fell due before the events came, then the events that are new. */
function decide({ customer, before, events, desk, history }: Case, kept: Kept): Outcome {
  const now = customer.decided_at;
  const fresh = events.filter((event) => kept.isFresh(event));
  if (fresh.length > 0) desk.decideTimers(now, () => now);
  for (const { event } of fresh) desk.decideEvent(event, now);
  history?.check();
  const stimulus = `event:${String(customer.seq)}`;
  return { before, after: desk.facts.customer, now, stimulus, decided: desk.take() };
}

function whichAreFresh(
  events: readonly IncomingEvent[],
  numbered: readonly Numbered[],
  kept: Kept,
): readonly boolean[] {
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
