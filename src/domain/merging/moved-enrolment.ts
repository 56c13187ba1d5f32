import type { HistoryEvent } from '../expression/scope.js';
import { copyOfState, type Enrolment, type EnrolmentState, type WaitState } from '../journey/enrolment.js';

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
  return moved;
}

/** What decisions call a message, `<journey>/<enrolment>/<step>/<decision>.<place>`, where its enrolment has moved. */
export function movedRef(ref: string, by: number): string {
  const [journey = '', enrolment, step = '', decision = ''] = ref.split('/');
  const [number, place = ''] = decision.split('.');
  return [journey, Number(enrolment) + by, step, `${String(Number(number) + by)}.${place}`].join('/');
}

function movedWait(wait: WaitState, by: number): WaitState {
  const pending = wait.pending.map(({ arm, event }) => ({ arm, event: movedEvent(event, by) }));
  return { ...wait, setBy: wait.setBy + by, pending };
}

function movedEvent(event: HistoryEvent, by: number): HistoryEvent {
  return { ...event, seq: event.seq + by };
}
