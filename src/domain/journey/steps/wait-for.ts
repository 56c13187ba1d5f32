import type { HistoryEvent } from '../../expression/scope.js';
import { addDuration } from '../../time/arithmetic.js';
import type { Instant } from '../../time/instant.js';
import type { WaitState } from '../enrolment.js';
import type { EventArm, Next, WaitForStep } from '../step.js';
import type { Run, Stopped } from '../run.js';
import { endWait } from './wait-end.js';
import { remembered } from '../remembered.js';
import { earlierMatches, meets, type Pending } from './wait-matches.js';

/** Something that moves a wait on, with the instant that says which of several goes first. */
type Candidate =
  | { readonly kind: 'event'; readonly at: Instant; readonly arm: number; readonly event: HistoryEvent }
  | { readonly kind: 'clock'; readonly at: Instant; readonly number: number }
  | { readonly kind: 'timeout'; readonly at: Instant };

/** The wait is reached anew: it forgets its names, starts its clocks and looks at what has come already. */
export function reachWaitFor(run: Run, step: WaitForStep): Next | Stopped {
  run.forget(namesOf(step));
  const until = step.atMost?.until(run.scope(), run.now);
  const clocks = step.clocks.map(({ after }) => addDuration(run.now, after, run.facts.clock));
  const pending = earlierMatches(run, step);
  run.setWait(step.id, { since: run.now, setBy: run.facts.seq, until, clocks, fired: [], held: [], pending });
  return takeFirst(run, step) ?? rest(run, step);
}

/** A staying arm is done: what came or fell due meanwhile is taken now, else the wait goes on with its first clock. */
export function goBackTo(run: Run, id: string): Next | Stopped {
  const step = run.journey.steps.get(id);
  if (step?.kind !== 'wait_for') throw new Error(`${run.journey.name}: no wait ${id} to go back to`);
  run.enrolment.step = id;
  return takeFirst(run, step) ?? rest(run, step);
}

/** An event reaches the wait at which the enrolment stands. */
export function takeEvent(run: Run, step: WaitForStep, event: HistoryEvent): Next | Stopped {
  const met = meets(run, step, event);
  if (met !== undefined) run.met = true;
  if (met === undefined) return 'waits';
  return apply(run, step, { kind: 'event', at: event.time, ...met });
}

/** Clocks of the wait have fallen due, this instant included. */
export function takeDue(run: Run, step: WaitForStep): Next | Stopped {
  return takeFirst(run, step) ?? 'waits';
}

function rest(run: Run, step: WaitForStep): Stopped {
  run.say({ kind: 'waiting', for: typesOf(step), until: run.state.waits[step.id]?.until }, step.id);
  return 'waits';
}

const typesOf = remembered(({ arms, listed }: WaitForStep): string | readonly string[] | undefined => {
  const types = [...new Set(arms.map(({ event }) => event))];
  return listed && types.length > 0 ? types : types[0];
});

const namesOf = remembered(({ arms }: WaitForStep) => arms.flatMap(({ saveAs }) => saveAs ?? []));

/** Takes the first of what has come and fallen due; undefined: nothing has. */
function takeFirst(run: Run, step: WaitForStep): Next | Stopped | undefined {
  for (let first = firstOf(run, step); first !== undefined; first = firstOf(run, step)) {
    if (first.kind !== 'clock' || clockCounts(run, step, first.number)) return apply(run, step, first);
  }
  return undefined;
}

function firstOf(run: Run, step: WaitForStep): Candidate | undefined {
  const wait = waitOf(run, step);
  // Events of an instant are decided before its timers.
  const isDue = (at: Instant): boolean => (run.cause === 'time' ? at <= run.now : at < run.now);
  let first = firstEvent(wait);
  // Of one instant events go first, then clocks, then the limit, which includes its last instant.
  for (const [number, at] of wait.clocks.entries()) {
    if (!isDue(at) || wait.fired.includes(number)) continue;
    if (first === undefined || at < first.at) first = { kind: 'clock', at, number };
  }
  const { until } = wait;
  if (until === undefined || !isDue(until)) return first;
  return first === undefined || until < first.at ? { kind: 'timeout', at: until } : first;
}

function firstEvent({ pending }: WaitState): Candidate | undefined {
  let first: Pending[number] | undefined;
  for (const met of pending) if (first === undefined || met.event.time < first.event.time) first = met;
  return first && { kind: 'event', at: first.event.time, ...first };
}

/** The condition of a clock arm is tested when it falls due, its only chance. */
function clockCounts(run: Run, step: WaitForStep, number: number): boolean {
  const wait = waitOf(run, step);
  if (
    wait.held.includes(number) ||
    run.holds(step.clocks[number]?.when, { of: 'clock', step: step.id, number: number + 1 })
  )
    return true;
  run.setWait(step.id, { ...wait, fired: [...wait.fired, number] });
  return false;
}

function apply(run: Run, step: WaitForStep, candidate: Candidate): Next {
  switch (candidate.kind) {
    case 'event':
      return applyEvent(run, step, candidate);
    case 'clock':
      return applyClock(run, step, candidate.number);
    case 'timeout':
      run.say({ kind: 'resumed', by: 'timeout' }, step.id);
      endWait(run, step.id);
      return step.otherwise;
  }
}

function applyEvent(run: Run, step: WaitForStep, met: Extract<Candidate, { kind: 'event' }>): Next {
  const arm = armAt(step, met.arm);
  const wait = waitOf(run, step);
  run.say({ kind: 'resumed', by: 'event', event: arm.event }, step.id);
  if (arm.saveAs !== undefined) run.save(arm.saveAs, met.event.data);
  if (!arm.stays) endWait(run, step.id);
  else run.setWait(step.id, { ...wait, pending: without(wait.pending, met.event) });
  return arm.then;
}

function applyClock(run: Run, step: WaitForStep, number: number): Next {
  const wait = waitOf(run, step);
  run.say({ kind: 'resumed', by: 'time' }, step.id);
  run.setWait(step.id, { ...wait, fired: [...wait.fired, number] });
  return step.clocks[number]?.then ?? step.next;
}

function without(pending: Pending, event: HistoryEvent): Pending {
  return pending.filter((met) => met.event.seq !== event.seq);
}

function armAt(step: WaitForStep, arm: number): EventArm {
  const found = step.arms[arm];
  if (found === undefined) throw new Error(`step ${step.id} has no arm ${String(arm)}`);
  return found;
}

function waitOf(run: Run, step: WaitForStep): WaitState {
  const wait = run.state.waits[step.id];
  if (wait === undefined) throw new Error(`the enrolment does not wait at ${step.id}`);
  return wait;
}
