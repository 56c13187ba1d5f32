import { byTime } from '../../expression/layered-history.js';
import type { HistoryEvent } from '../../expression/scope.js';
import type { WaitState } from '../enrolment.js';
import type { EventArm, WaitForStep } from '../step.js';
import { earlierEvents, typesSinceEntry } from '../lookback.js';
import { printInstant } from '../../time/instant.js';
import type { Run } from '../run.js';

export type Pending = WaitState['pending'];
type Met = Pending[number];

/** The first arm that an event which has just come meets. */
export function meets(run: Run, step: WaitForStep, event: HistoryEvent): Met | undefined {
  for (const number of step.arms.keys()) if (isMet(run, step, number, event)) return { arm: number, event };
  return undefined;
}

/** Events that came before the wait was reached, oldest first, each with the first arm that still counts and meets it. */
export function earlierMatches(run: Run, step: WaitForStep): Pending {
  const met: Met[] = [];
  const earlier = earlierOnes(run, step);
  tellWindows(run, step, earlier);
  for (const event of earlier) {
    const arm = step.arms.findIndex((one, index) => counts[one.since](run, event) && isMet(run, step, index, event));
    if (arm >= 0) met.push({ arm, event });
  }
  return met;
}

/** What of the past each arm looks at, and what it finds there. */
function tellWindows(run: Run, { arms }: WaitForStep, earlier: readonly HistoryEvent[]): void {
  if (!run.isWatched) return;
  for (const { event: type, since } of arms) {
    const found = earlier.filter((event) => event.type === type && counts[since](run, event));
    const from = since === 'entry' ? printInstant(run.state.triggerEvent.time) : undefined;
    const times = found.map(({ time }) => printInstant(time));
    run.tell('since', found.length > 0, { event: type, since, from, found: times });
  }
}

/** Oldest first. */
function earlierOnes(run: Run, step: WaitForStep): readonly HistoryEvent[] {
  const fromEntry = earlierEvents(run, typesSinceEntry(step));
  const { missed } = run.state;
  if (missed.length === 0) return fromEntry;
  return [...new Map([...fromEntry, ...missed].map((event) => [event.seq, event])).values()].sort(byTime);
}

function isMet(run: Run, { id, arms }: WaitForStep, index: number, event: HistoryEvent): boolean {
  const arm = arms[index];
  if (arm?.event !== event.type || !run.concerns(event)) return false;
  return run.holds(arm.when, { of: 'arm', step: id, number: index + 1, name: event.type }, event);
}

/** What of the past counts. The event being decided is no earlier one of a wait that it itself leads to. */
const counts: Readonly<Record<EventArm['since'], (run: Run, event: HistoryEvent) => boolean>> = {
  entry: ({ enrolment }, { time, seq }) => time >= enrolment.state.triggerEvent.time && seq !== enrolment.seq,
  last_wait: ({ state, facts, cause }, { seq }) =>
    seq > state.lastWait && (cause === 'time' || cause === 'report' || seq < facts.seq),
};
