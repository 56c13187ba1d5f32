import { compareText } from '../yaml/problems.js';
import type { Enrolment, WaitState } from './enrolment.js';

/**
 * Oldest first. Of one instant held messages go first, by their journey's priority; all others in the order set: of one
 * event's those who were inside first, then those it let in.
 */
export function byDue(a: Enrolment, b: Enrolment, priorityOf: (enrolment: Enrolment) => number): number {
  return (a.wakeAt ?? 0) - (b.wakeAt ?? 0) || byHold(a, b, priorityOf) || bySetting(a, b);
}

function byHold(a: Enrolment, b: Enrolment, priorityOf: (enrolment: Enrolment) => number): number {
  const [one, other] = [isHeld(a), isHeld(b)];
  if (one !== other) return one ? -1 : 1;
  return one ? priorityOf(a) - priorityOf(b) : 0;
}

function isHeld({ state, wakeAt }: Enrolment): boolean {
  return state.held !== undefined && state.held.until === wakeAt;
}

function bySetting(a: Enrolment, b: Enrolment): number {
  const [one, other] = [setting(a), setting(b)];
  return (
    one.since - other.since ||
    one.setBy - other.setBy ||
    Number(one.setBy === a.seq) - Number(other.setBy === b.seq) ||
    byJourneyAndKey(a, b)
  );
}

/** When, and by which decision, the timer was set: that of a limit at entry. */
function setting({ step, state, seq, enteredAt, wakeAt }: Enrolment): Pick<WaitState, 'since' | 'setBy'> {
  if (wakeAt === state.expiresAt) return { since: enteredAt, setBy: seq };
  if (state.held !== undefined) return state.held;
  if (state.ask !== undefined) return { since: state.ask.sentAt, setBy: state.ask.setBy };
  const wait = step === undefined ? undefined : state.waits[step];
  return wait ?? { since: enteredAt, setBy: seq };
}

export function byJourneyAndKey(a: Enrolment, b: Enrolment): number {
  return compareText(a.journey, b.journey) || compareText(a.key ?? '', b.key ?? '') || a.seq - b.seq;
}
