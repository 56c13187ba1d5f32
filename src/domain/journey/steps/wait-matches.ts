import { byTime } from '../../expression/layered-history.js';
import type { HistoryEvent } from '../../expression/scope.js';
import type { WaitState } from '../enrolment.js';
import type { EventArm, WaitForStep } from '../journey.js';
import { earlierEvents } from '../lookback.js';
import { concerns } from '../rules.js';
import type { Run } from '../run.js';

export type Pending = WaitState['pending'];

/** Events that have just come, each with the first arm that it meets. */
export function matches(run: Run, step: WaitForStep, events: readonly HistoryEvent[]): Pending {
  return events.flatMap((event) => meeting(run, step, event, () => true));
}

/** Events that came before the wait was reached, each with the first arm that still counts and meets it. */
export function earlierMatches(run: Run, step: WaitForStep): Pending {
  const sinceEntry = step.arms.filter(({ since }) => since === 'entry').map(({ event }) => event);
  const fromEntry = sinceEntry.length === 0 ? [] : earlierEvents(run, new Set(sinceEntry));
  const bySeq = new Map([...fromEntry, ...run.state.missed].map((event) => [event.seq, event]));
  return [...bySeq.values()]
    .sort(byTime)
    .flatMap((event) => meeting(run, step, event, ({ since }) => counts[since](run, event)));
}

export function byEvent(a: Pending[number], b: Pending[number]): number {
  return byTime(a.event, b.event) || a.arm - b.arm;
}

function meeting(run: Run, step: WaitForStep, event: HistoryEvent, mayCount: (arm: EventArm) => boolean): Pending {
  const arm = step.arms.findIndex((candidate) => mayCount(candidate) && isMet(run, candidate, event));
  return arm < 0 ? [] : [{ arm, event }];
}

function isMet(run: Run, arm: EventArm, event: HistoryEvent): boolean {
  return arm.event === event.type && concerns(run.journey, run.enrolment.key, event) && run.holds(arm.when, event);
}

/** What of the past counts. The event being decided is no earlier one of a wait that it itself leads to. */
const counts: Readonly<Record<EventArm['since'], (run: Run, event: HistoryEvent) => boolean>> = {
  entry: ({ enrolment }, { time, seq }) => time >= enrolment.state.triggerEvent.time && seq !== enrolment.seq,
  last_wait: ({ state, facts, byTimer }, { seq }) => seq > state.lastWait && (byTimer || seq < facts.seq),
};
