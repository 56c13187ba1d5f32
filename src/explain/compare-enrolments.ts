import type { Enrolment } from '../domain/journey/enrolment.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import { readEnrolment } from '../engine/enrolment-row.js';
import type { KeptEnrolment } from '../store/explain/read-kept-enrolments.sql.js';
import { unequal, type Difference } from './differences.js';

/** Whether enrolments are kept as they would be decided: none missing, none too many, each where it should be. */
export function compareEnrolments(
  customer: string,
  expected: ReadonlyMap<string, Enrolment>,
  found: readonly KeptEnrolment[],
): readonly Difference[] {
  const kept = new Map(found.map((row) => [`${row.journey}/${String(row.seq)}`, row]));
  const names = new Set([...expected.keys(), ...kept.keys()]);
  return [...names].flatMap((name) => {
    const what = `enrolment ${name}`;
    return unequal(what, viewOf(expected.get(name)), viewOfRow(kept.get(name))).map((one) => ({ customer, ...one }));
  });
}

/** What a decision says; not how far apart its own numbers are (`setBy`, `lastWait`), for duplicates take numbers too. */
function viewOf(enrolment: Enrolment | undefined): object | undefined {
  if (enrolment === undefined) return undefined;
  const { key, version, status, step, startedBy, enteredAt, endedAt, reason, wakeAt, state } = enrolment;
  const { trigger, saved, expiresAt, goalReached, holdout } = state;
  return {
    ...{ key, version, status, step, reason, started_by: startedBy },
    ...{ entered_at: printInstant(enteredAt), ended_at: printed(endedAt), wake_at: printed(wakeAt), trigger, saved },
    ...{ expires_at: printInstant(expiresAt), goal_reached: goalReached, holdout },
  };
}

function printed(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : printInstant(at);
}

function viewOfRow(row: KeptEnrolment | undefined): object | undefined {
  if (row === undefined) return undefined;
  try {
    return viewOf(readEnrolment(row));
  } catch (error) {
    return { state: String(error) };
  }
}
