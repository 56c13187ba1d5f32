import { byTime } from '../../expression/layered-history.js';
import type { HistoryEvent } from '../../expression/scope.js';
import type { WaitState } from '../enrolment.js';
import type { EventArm, WaitForStep } from '../journey.js';
import { earlierEvents, typesSinceEntry } from '../lookback.js';
import { concerns } from '../rules.js';
import type { Run } from '../run.js';

export type Pending = WaitState['pending'];
type Met = Pending[number];

/** The first arm that an event which has just come meets. */
export function meets(run: Run, step: WaitForStep, event: HistoryEvent): Met | undefined {
  for (const [number, arm] of step.arms.entries()) if (isMet(run, arm, event)) return { arm: number, event };
  return undefined;
}

/** Events that came before the wait was reached, each with the first arm that still counts and meets it. */
export function earlierMatches(run: Run, step: WaitForStep): Pending {
  const met: Met[] = [];
  for (const event of earlierOnes(run, step)) {
    const arm = step.arms.findIndex((one) => counts[one.since](run, event) && isMet(run, one, event));
    if (arm >= 0) met.push({ arm, event });
  }
  return met;
}

export function byEvent(a: Met, b: Met): number {
  return byTime(a.event, b.event) || a.arm - b.arm;
}

/** Oldest first. */
function earlierOnes(run: Run, step: WaitForStep): readonly HistoryEvent[] {
  const fromEntry = earlierEvents(run, typesSinceEntry(step));
  const { missed } = run.state;
  if (missed.length === 0) return fromEntry;
  return [...new Map([...fromEntry, ...missed].map((event) => [event.seq, event])).values()].sort(byTime);
}

function isMet(run: Run, arm: EventArm, event: HistoryEvent): boolean {
  return arm.event === event.type && concerns(run.journey, run.enrolment.key, event) && run.holds(arm.when, event);
}

/** What of the past counts. The event being decided is no earlier one of a wait that it itself leads to. */
const counts: Readonly<Record<EventArm['since'], (run: Run, event: HistoryEvent) => boolean>> = {
  entry: ({ enrolment }, { time, seq }) => time >= enrolment.state.triggerEvent.time && seq !== enrolment.seq,
  last_wait: ({ state, facts, cause }, { seq }) => seq > state.lastWait && (cause === 'time' || seq < facts.seq),
};
