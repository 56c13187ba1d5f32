import type { HistoryEvent } from '../expression/scope.js';
import type { Called, Queue } from '../journey/decision.js';
import { copyOfState, type Enrolment, type EnrolmentState, type WaitState } from '../journey/enrolment.js';

/** An enrolment that goes on under another customer, whose decision numbers are `by` ahead. */
export function movedEnrolment(enrolment: Enrolment, customer: string, by: number): Enrolment {
  return { ...enrolment, customer, seq: enrolment.seq + by, state: movedState(enrolment, by) };
}

/**
 * The state of an enrolment that goes on under another customer, whose decision numbers are `by` ahead: what it remembers by
 * number keeps its place among the events, which move with it.
 */
export function movedState({ journey, seq, state }: Enrolment, by: number): EnrolmentState {
  const moved = copyOfState(state);
  moved.lastWait += by;
  moved.missed = state.missed.map((event) => movedEvent(event, by));
  moved.waits = Object.fromEntries(Object.entries(state.waits).map(([id, wait]) => [id, movedWait(wait, by)]));
  if (state.held !== undefined) moved.held = { ...state.held, setBy: state.held.setBy + by };
  if (state.ask !== undefined) moved.ask = { ...state.ask, setBy: state.ask.setBy + by };
  if (state.awaits?.startsWith(`${journey}/${String(seq)}/`) === true) moved.awaits = movedRef(state.awaits, by);
  if (state.grants !== undefined) moved.grants = movedGrants(state.grants, by);
  return moved;
}

/** A message on its way, whose customer goes by another name now. */
export function movedMessage(message: Queue, customer: string, by: number): Queue {
  return { ...message, customer, enrolment: message.enrolment + by, message: movedRef(message.message, by) };
}

/** A call of a web hook, likewise. */
export function movedCall(call: Called, by: number): Called {
  return { ...call, enrolment: call.enrolment + by };
}

/** What decisions call a message, `<journey>/<enrolment>/<step>/<decision>.<place>`, where its enrolment has moved. */
export function movedRef(ref: string, by: number): string {
  const [journey = '', enrolment, step = '', decision = ''] = ref.split('/');
  const [number, place = ''] = decision.split('.');
  return [journey, Number(enrolment) + by, step, `${String(Number(number) + by)}.${place}`].join('/');
}

/** Grants are named as messages are. */
function movedGrants(grants: NonNullable<EnrolmentState['grants']>, by: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(grants).map(([name, id]) => [name, movedRef(id, by)]));
}

function movedWait(wait: WaitState, by: number): WaitState {
  const pending = wait.pending.map(({ arm, event }) => ({ arm, event: movedEvent(event, by) }));
  return { ...wait, setBy: wait.setBy + by, pending };
}

function movedEvent(event: HistoryEvent, by: number): HistoryEvent {
  return { ...event, seq: event.seq + by };
}
