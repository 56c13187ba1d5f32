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
import { openCases } from './load.js';
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
  const events = await stillPending(tx, batch);
  const groups = byCustomer(events);
  const customers = await claim(tx, groups, clock);
  const numbered = customers.map((customer) => ({ customer, events: number(groups.get(customer.id) ?? [], customer) }));
  const cases = await openCases(tx, live, numbered);
  const kept = await keep(
    tx,
    live,
    cases.flatMap((one) => one.events),
  );
  const outcomes = cases.map((one) => decide(one, kept));
  const queued = await save(tx, live, outcomes);
  if (batch.dead.length > 0) await tx.run(insertDeadLetters, deadColumns(batch.dead));
  if (batch.move !== undefined) await moveOffset(tx, batch.move);
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

/** Keeps the events; gives `customer/decision number` of those that are new. */
async function keep(
  tx: Connection,
  live: LiveJourneys,
  events: readonly NumberedEvent[],
): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  const rows = await tx.run(insertEvents, [
    events.map(({ customer }) => customer),
    events.map(({ hash }) => hash),
    events.map(({ event }) => event.seq),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.time),
    events.map(({ event }) => event.arrival),
    events.map(({ event }) => event.id),
    events.map(({ event }) => event.source),
    events.map(({ event }) => JSON.stringify(event.data)),
    live.bundle,
  ]);
  return new Set(rows.map(({ customer_id, seq }) => place(customer_id, seq)));
}

/** First the customer's timers that fell due before the events came, then the events that are new. */
function decide({ customer, before, events, desk, history }: Case, kept: ReadonlySet<string>): Outcome {
  const now = customer.decided_at;
  const fresh = events.filter(({ event }) => kept.has(place(customer.id, event.seq)));
  if (fresh.length > 0) desk.decideTimers(now, () => now);
  for (const { event } of fresh) desk.decideEvent(event, now);
  history?.check();
  const stimulus = `event:${String(customer.seq)}`;
  return { before, after: desk.facts.customer, now, stimulus, events: fresh, decided: desk.take() };
}

function place(customer: string, seq: number): string {
  return `${String(seq)}/${customer}`;
}

function whichAreFresh(
  events: readonly IncomingEvent[],
  numbered: readonly { readonly customer: ClaimedCustomer; readonly events: readonly NumberedEvent[] }[],
  kept: ReadonlySet<string>,
): readonly boolean[] {
  const seen = new Map(numbered.map(({ customer, events: own }) => [customer.id, own.values()]));
  return events.map(({ customer }) => {
    const next = seen.get(customer)?.next().value;
    return next !== undefined && kept.has(place(customer, next.event.seq));
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
