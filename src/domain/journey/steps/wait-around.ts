import type { HistoryEvent } from '../../expression/scope.js';
import type { Journey } from '../journey.js';
import type { Next, Step, WaitForStep } from '../step.js';
import { remembered } from '../remembered.js';
import type { Run } from '../run.js';
import { waysOutOf } from '../ways-out.js';
import { meets } from './wait-matches.js';

/** While a staying arm runs, an event meets its wait as well: it is kept there until the arm is done. */
export function noteEvent(run: Run, event: HistoryEvent): void {
  for (const step of waitsAround(run)) {
    const wait = run.state.waits[step.id];
    const met = meets(run, step, event);
    if (wait !== undefined && met !== undefined) {
      run.met = true;
      run.setWait(step.id, { ...wait, pending: [...wait.pending, met] });
    }
  }
  if (mayCountLater(run, event.type)) run.edit().missed = [...run.state.missed, event];
}

/** The condition of a clock arm is tested when it falls due, also while a staying arm runs. */
export function noteFallenDue(run: Run): void {
  for (const step of waitsAround(run)) {
    for (const [number, { when }] of step.clocks.entries()) {
      const wait = run.state.waits[step.id];
      const due = wait?.clocks[number];
      if (wait === undefined || due === undefined || due > run.now || when === undefined) continue;
      if (wait.fired.includes(number) || wait.held.includes(number)) continue;
      const which = run.holds(when, { of: 'clock', step: step.id, number: number + 1 }) ? 'held' : 'fired';
      run.setWait(step.id, { ...wait, [which]: [...wait[which], number] });
    }
  }
}

function waitsAround({ enrolment, journey, state }: Run): readonly WaitForStep[] {
  const around: WaitForStep[] = [];
  for (const id of Object.keys(state.waits)) {
    const step = id === enrolment.step ? undefined : journey.steps.get(id);
    if (step?.kind === 'wait_for') around.push(step);
  }
  return around;
}

/**
 * Whether a wait `since: last_wait` may still count it: one inside a staying arm of a wait that is open, or below a
 * message that is held, a task or a web hook, which are no waits of the journey's own.
 */
function mayCountLater({ journey, state, enrolment }: Run, type: string): boolean {
  const inside = typesInside(journey);
  for (const id of Object.keys(state.waits)) if (inside.get(id)?.has(type) === true) return true;
  const kind = enrolment.step === undefined ? undefined : journey.steps.get(enrolment.step)?.kind;
  return kind !== undefined && kindsOfNoWait.has(kind) && typesSinceLastWait(journey).has(type);
}

/** Steps at which an enrolment may stand without waiting in the sense of `since: last_wait`; an ask, while it is held. */
const kindsOfNoWait: ReadonlySet<Step['kind']> = new Set(['send', 'ask', 'task', 'webhook']);

const typesSinceLastWait = remembered((journey: Journey): ReadonlySet<string> => {
  const waits = [...journey.steps.values()].filter((step) => step.kind === 'wait_for');
  return new Set(waits.flatMap(countedSinceLastWait));
});

function countedSinceLastWait({ arms }: WaitForStep): readonly string[] {
  return arms.filter(({ since }) => since === 'last_wait').map(({ event }) => event);
}

/** For each wait the types that waits inside its staying arms count since the last wait. */
const typesInside = remembered((journey: Journey): ReadonlyMap<string, ReadonlySet<string>> => {
  const waits = [...journey.steps.values()].filter((step) => step.kind === 'wait_for');
  return new Map(waits.map((wait) => [wait.id, findTypesInside(journey, wait)]));
});

/** Follows the staying arms' steps until they lead back. */
function findTypesInside(journey: Journey, wait: WaitForStep): ReadonlySet<string> {
  const open: Next[] = [...wait.arms.filter(({ stays }) => stays), ...wait.clocks].map(({ then }) => then);
  const [types, seen] = [new Set<string>(), new Set([wait.id])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const step = next.kind === 'step' && !seen.has(next.id) ? journey.steps.get(next.id) : undefined;
    if (step === undefined) continue;
    seen.add(step.id);
    open.push(...waysOutOf(step));
    if (step.kind !== 'wait_for') continue;
    for (const type of countedSinceLastWait(step)) types.add(type);
  }
  return types;
}
