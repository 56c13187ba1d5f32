import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { Enrolment, EnrolmentState } from '../domain/journey/enrolment.js';
import type { EnrolmentRow } from '../store/engine/load-enrolments.sql.js';

/** A row as the evaluator knows it. Throws where the row no longer parses: nothing may be decided on half of it. */
export function readEnrolment(row: EnrolmentRow): Enrolment {
  return {
    customer: row.customer_id,
    journey: row.journey,
    version: row.version,
    seq: row.seq,
    key: row.key ?? undefined,
    status: row.status,
    step: row.step ?? undefined,
    startedBy: row.started_by,
    enteredAt: row.entered_at,
    endedAt: row.ended_at ?? undefined,
    reason: row.reason ?? undefined,
    wakeAt: row.wake_at ?? undefined,
    state: readState(row),
  };
}

function readState({ state, customer_id, journey, seq }: EnrolmentRow): EnrolmentState {
  if (!isState(state)) {
    throw new Error(`the state of enrolment ${customer_id}/${journey}/${String(seq)} does not parse`);
  }
  return state as unknown as EnrolmentState;
}

const NUMBERS = ['lastWait', 'expiresAt'];
const OBJECTS = ['trigger', 'triggerEvent', 'saved', 'waits'];

function isState(state: JsonObject): boolean {
  return (
    isJsonObject(state) &&
    NUMBERS.every((name) => typeof state[name] === 'number') &&
    OBJECTS.every((name) => isJsonObject(state[name])) &&
    Array.isArray(state['missed'])
  );
}
