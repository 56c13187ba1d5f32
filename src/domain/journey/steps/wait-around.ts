import type { HistoryEvent } from '../../expression/scope.js';
import type { Journey, Next, Step, WaitForStep } from '../journey.js';
import { remembered } from '../remembered.js';
import type { Run } from '../run.js';
import { byEvent, meets } from './wait-matches.js';

/** While a staying arm runs, an event meets its wait as well: it is kept there until the arm is done. */
export function noteEvent(run: Run, event: HistoryEvent): void {
  for (const step of waitsAround(run)) {
    const wait = run.state.waits[step.id];
    const met = meets(run, step, event);
    if (wait !== undefined && met !== undefined) {
      run.setWait(step.id, { ...wait, pending: [...wait.pending, met].sort(byEvent) });
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
      const which = run.holds(when) ? 'held' : 'fired';
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

/** Whether a wait `since: last_wait` inside a staying arm of a wait that is open may still be reached. */
function mayCountLater({ journey, state }: Run, type: string): boolean {
  const inside = typesInside(journey);
  for (const id of Object.keys(state.waits)) if (inside.get(id)?.has(type) === true) return true;
  return false;
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
    open.push(...waysOn(step));
    if (step.kind !== 'wait_for') continue;
    for (const { event, since } of step.arms) if (since === 'last_wait') types.add(event);
  }
  return types;
}

function waysOn(step: Step): readonly Next[] {
  switch (step.kind) {
    case 'send':
    case 'wait':
      return [step.next];
    case 'choose':
      return [step.otherwise ?? step.next, ...step.branches.map(({ then }) => then)];
    case 'wait_for':
      return [step.otherwise, ...[...step.arms, ...step.clocks].map(({ then }) => then)];
    case 'stop':
      return [];
  }
}
