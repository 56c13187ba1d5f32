import type { Customer } from '../../domain/customer.js';
import { closedBy, gainedBy, mergedCustomer, mergedSource, withdrawnBy } from '../../domain/merging/merged-customer.js';
import { movedState } from '../../domain/merging/moved-enrolment.js';
import type { Enrolment } from '../../domain/journey/enrolment.js';
import { printInstant } from '../../domain/time/instant.js';
import type { Connection } from '../../store/connection.js';
import type { ClaimedCustomer } from '../../store/engine/claim-customers.sql.js';
import { closeChannels } from '../../store/engine/close-channels.sql.js';
import { fillRollups } from '../../store/engine/fill-rollups.sql.js';
import { insertChanges } from '../../store/engine/insert-changes.sql.js';
import { loadEnrolments } from '../../store/engine/load-enrolments.sql.js';
import { withdrawOfPurposes } from '../../store/engine/withdraw-of-purposes.sql.js';
import { allRolledTypes } from '../../store/merging/all-rolled-types.sql.js';
import { dropCommonEvents } from '../../store/merging/drop-common-events.sql.js';
import { mergeCustomers } from '../../store/merging/merge-customers.sql.js';
import { moveCalls } from '../../store/merging/move-calls.sql.js';
import { moveChanges } from '../../store/merging/move-changes.sql.js';
import { moveDayRows } from '../../store/merging/move-day-rows.sql.js';
import { moveEnrolments } from '../../store/merging/move-enrolments.sql.js';
import { moveEvents } from '../../store/merging/move-events.sql.js';
import { moveMessages } from '../../store/merging/move-messages.sql.js';
import { movePendingEvents } from '../../store/merging/move-pending-events.sql.js';
import { moveStates } from '../../store/merging/move-states.sql.js';
import { moveTasks } from '../../store/merging/move-tasks.sql.js';
import { customerOf } from '../batch.js';
import { readEnrolment } from '../enrolment-row.js';

/**
 * Makes `from` a second name of `into`: all that is stored of the one is the other's, with decision numbers behind the other's own.
 * Both are locked; nobody is inside a journey twice.
 */
export async function mergeInto(tx: Connection, from: ClaimedCustomer, into: ClaimedCustomer): Promise<void> {
  const inside = (await tx.run(loadEnrolments, [[from.id]])).map(readEnrolment);
  const move = [from.id, into.id, into.seq] as const;
  await moveHistory(tx, move);
  await moveWhoIsInside(tx, move, inside);
  await moveWhatIsSent(tx, move);
  await tx.run(moveChanges, move);
  await joinProfiles(tx, from, into);
}

type Move = readonly [from: string, into: string, by: number];

async function moveHistory(tx: Connection, move: Move): Promise<void> {
  const [from, into] = move;
  await tx.run(dropCommonEvents, [from, into]);
  await tx.run(moveEvents, move);
  await tx.run(moveDayRows, [from, into]);
  // What both had had counted twice; and one of them may have been filled already while the other was not.
  for (const { type, fields } of await tx.run(allRolledTypes)) await tx.run(fillRollups, [[into], type, fields]);
}

async function moveWhoIsInside(tx: Connection, move: Move, inside: readonly Enrolment[]): Promise<void> {
  const [, into, by] = move;
  await tx.run(moveEnrolments, move);
  if (by === 0 || inside.length === 0) return;
  await tx.run(moveStates, [
    into,
    inside.map(({ journey }) => journey),
    inside.map(({ seq }) => seq + by),
    JSON.stringify(inside.map((one) => movedState(one, by))),
  ]);
}

/** Pending events last: what a sender or caller settles meanwhile has told the one, or tells the other. */
async function moveWhatIsSent(tx: Connection, move: Move): Promise<void> {
  await tx.run(moveMessages, move);
  await tx.run(moveCalls, move);
  await tx.run(moveTasks, move);
  await tx.run(movePendingEvents, move);
}

async function joinProfiles(tx: Connection, from: ClaimedCustomer, into: ClaimedCustomer): Promise<void> {
  const before = customerOf(into);
  const after = mergedCustomer(customerOf(from), before);
  const { attributes, consent, closed } = after;
  await tx.run(mergeCustomers, [
    from.id,
    into.id,
    JSON.stringify(attributes),
    JSON.stringify(consent),
    JSON.stringify(closed),
  ]);
  await tx.run(insertChanges, [
    [into.id],
    [printInstant(Math.max(from.decided_at, into.decided_at))],
    [`${mergedSource}${from.id}`],
    [JSON.stringify(gainedBy(before, after))],
  ]);
  await takeBackUnwanted(tx, after);
}

/** What either of them did not want to hear is not sent to the other. */
async function takeBackUnwanted(tx: Connection, customer: Customer): Promise<void> {
  const withdrawn = withdrawnBy(customer);
  if (withdrawn.length > 0) await tx.run(withdrawOfPurposes, [withdrawn.map(() => customer.id), withdrawn]);
  const closed = closedBy(customer);
  if (closed.length === 0) return;
  await tx.run(closeChannels, [
    closed.map(() => customer.id),
    closed.map(({ purpose }) => purpose),
    closed.map(({ channel }) => channel),
  ]);
}
