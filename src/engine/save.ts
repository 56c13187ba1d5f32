import type { Customer } from '../domain/customer.js';
import type { Decided } from '../domain/journey/decision-record.js';
import type { Emission } from '../domain/journey/sitting.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { insertChanges } from '../store/engine/insert-changes.sql.js';
import { insertPendingEvents } from '../store/engine/insert-pending-events.sql.js';
import { numberCustomers } from '../store/engine/number-customers.sql.js';
import { saveCustomers } from '../store/engine/save-customers.sql.js';
import { saveEnrolments } from '../store/engine/save-enrolments.sql.js';
import type { LiveJourneys } from './live-journeys.js';
import { queueMessages, type QueuedMessage } from './queue-messages.js';
import { saveCalls } from './save-calls.js';
import { openTasks } from './save-tasks.js';
import { leftOf, queuedBy, takeBack, tellWhoWaits } from './take-back.js';
import { testWhatIsUnsettled } from './test-again.js';

/** What one customer's decisions came to. */
export interface Outcome {
  readonly before: Customer;
  readonly after: Customer;
  readonly now: Instant;
  /** What the last decision was on: `event:<decision number>` or `timer:<decision number>`. */
  readonly stimulus: string;
  readonly decided: Decided;
  /** The customer's decision number now, where journeys have emitted to them. */
  readonly seq: number | undefined;
  /** Emitted to other customers. */
  readonly elsewhere: readonly Emission[];
  /** Emitted at the end of too long a chain. */
  readonly cut: readonly Emission[];
}

/** Writes a batch, one statement a table; gives the number of messages queued. */
export async function save(tx: Connection, live: LiveJourneys, outcomes: readonly Outcome[]): Promise<number> {
  await saveNumbers(tx, outcomes);
  await saveWhoIsInside(tx, live, outcomes);
  await saveWhatChanged(tx, outcomes);
  await openTasks(tx, outcomes);
  await savePending(tx, outcomes);
  // Messages of an enrolment that has ended go before its last ones come: ids are taken in that order.
  await takeBack(tx, outcomes);
  await tellWhoWaits(tx, outcomes);
  await saveCalls(tx, outcomes);
  const messages = await queueMessages(tx, live, outcomes.flatMap(queued));
  await testWhatIsUnsettled(tx, outcomes);
  return messages;
}

async function saveNumbers(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const rows = outcomes.flatMap(({ after: { id }, seq }) => (seq === undefined ? [] : [{ id, seq }]));
  if (rows.length > 0) await tx.run(numberCustomers, [rows.map(({ id }) => id), rows.map(({ seq }) => seq)]);
}

async function saveWhoIsInside(tx: Connection, live: LiveJourneys, outcomes: readonly Outcome[]): Promise<void> {
  const rows = outcomes.flatMap(({ decided, now, stimulus }) =>
    leaversFirst(decided.enrolments).map((enrolment) => ({ enrolment, now, stimulus })),
  );
  if (rows.length === 0) return;
  await tx.run(saveEnrolments, [
    rows.map(({ enrolment }) => enrolment.customer),
    rows.map(({ enrolment }) => enrolment.journey),
    rows.map(({ enrolment }) => enrolment.seq),
    rows.map(({ enrolment }) => enrolment.key ?? null),
    rows.map(({ enrolment }) => enrolment.version),
    rows.map(({ enrolment }) => enrolment.status),
    rows.map(({ enrolment }) => enrolment.step ?? null),
    rows.map(({ enrolment }) => enrolment.startedBy),
    rows.map(({ enrolment }) => enrolment.enteredAt),
    rows.map(({ enrolment }) => enrolment.endedAt ?? null),
    rows.map(({ enrolment }) => enrolment.reason ?? null),
    rows.map(({ enrolment }) => enrolment.wakeAt ?? null),
    JSON.stringify(rows.map(({ enrolment }) => enrolment.state)),
    rows.map(({ now }) => now),
    rows.map(({ stimulus }) => stimulus),
    live.bundle,
  ]);
}

/** The unique index allows one active enrolment a key, also within one statement. */
function leaversFirst(enrolments: Decided['enrolments']): Decided['enrolments'] {
  if (enrolments.length < 2) return enrolments;
  return [...enrolments].sort((a, b) => Number(a.status === 'active') - Number(b.status === 'active'));
}

async function saveWhatChanged(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const changed = outcomes.filter(({ before, after }) => !sameCustomer(before, after));
  if (changed.length === 0) return;
  await tx.run(saveCustomers, [
    changed.map(({ after }) => after.id),
    changed.map(({ after }) => JSON.stringify(after.attributes)),
    changed.map(({ after }) => JSON.stringify(after.consent)),
    changed.map(({ after }) => JSON.stringify(after.closed)),
  ]);
  const changes = changed.flatMap(changesOf);
  await tx.run(insertChanges, [
    changes.map(({ customer }) => customer),
    changes.map(({ now }) => printInstant(now)),
    changes.map(({ stimulus }) => stimulus),
    changes.map(({ patch }) => JSON.stringify(patch)),
  ]);
}

function sameCustomer(before: Customer, after: Customer): boolean {
  return before.attributes === after.attributes && before.consent === after.consent && before.closed === after.closed;
}

function changesOf({
  after,
  now,
  stimulus,
  decided,
}: Outcome): { customer: string; now: Instant; stimulus: string; patch: unknown }[] {
  const patches = decided.effects.flatMap((effect): unknown[] => {
    if (effect.kind === 'change') return [effect.patch];
    if (effect.kind !== 'consent') return [];
    return [{ consent: { [effect.purpose]: effect.given }, ...(effect.channel && { channel: effect.channel }) }];
  });
  return patches.map((patch) => ({ customer: after.id, now, stimulus, patch }));
}

/** Events for other customers: decided in a batch of their own after the commit. */
async function savePending(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const rows = outcomes.flatMap(({ elsewhere, now }) => elsewhere.map((emission) => ({ ...emission, now })));
  if (rows.length === 0) return;
  await tx.run(insertPendingEvents, [
    rows.map(({ emitted }) => emitted.subject),
    rows.map(({ emitted }) => emitted.id),
    rows.map(({ emitted }) => emitted.source),
    rows.map(({ emitted }) => emitted.type),
    rows.map(({ now }) => printInstant(now)),
    JSON.stringify(rows.map(({ emitted }) => emitted.data)),
    rows.map(({ chain }) => chain),
  ]);
}

/** A message that an event has queued and another one of the same batch takes back never was. */
function queued({ decided, now }: Outcome): QueuedMessage[] {
  return queuedBy(decided.effects).flatMap(({ message: decidedOn, later }) => {
    const message = later.length === 0 ? decidedOn : leftOf(decidedOn, later);
    return message === undefined ? [] : [{ message, now }];
  });
}
