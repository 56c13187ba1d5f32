import type { HistoryEvent } from '../../expression/scope.js';
import type { Journey, Next, Step, WaitForStep } from '../journey.js';
import type { Run } from '../run.js';
import { byEvent, matches } from './wait-matches.js';

/** While a staying arm runs, an event meets its wait as well: it is kept there until the arm is done. */
export function noteEvent(run: Run, event: HistoryEvent): void {
  for (const step of waitsAround(run)) {
    const wait = run.state.waits[step.id];
    const met = matches(run, step, [event]);
    if (wait !== undefined && met.length > 0) {
      run.setWait(step.id, { ...wait, pending: [...wait.pending, ...met].sort(byEvent) });
    }
  }
  if (mayCountLater(run, event.type)) run.set({ missed: [...run.state.missed, event] });
}

/** The condition of a clock arm is tested when it falls due, also while a staying arm runs. */
export function noteFallenDue(run: Run): void {
  for (const step of waitsAround(run)) {
    step.clocks.forEach(({ when }, number) => {
      const wait = run.state.waits[step.id];
      const due = wait?.clocks[number];
      if (wait === undefined || due === undefined || due > run.now || when === undefined) return;
      if (wait.fired.includes(number) || wait.held.includes(number)) return;
      const which = run.holds(when) ? 'held' : 'fired';
      run.setWait(step.id, { ...wait, [which]: [...wait[which], number] });
    });
  }
}

function waitsAround({ enrolment, journey, state }: Run): readonly WaitForStep[] {
  return Object.keys(state.waits).flatMap((id) => {
    const step = id === enrolment.step ? undefined : journey.steps.get(id);
    return step?.kind === 'wait_for' ? [step] : [];
  });
}

/** Whether a wait `since: last_wait` inside a staying arm of a wait that is open may still be reached. */
function mayCountLater({ journey, state }: Run, type: string): boolean {
  return Object.keys(state.waits).some((id) => typesInside(journey, id).has(type));
}

const known = new WeakMap<Journey, Map<string, ReadonlySet<string>>>();

function typesInside(journey: Journey, id: string): ReadonlySet<string> {
  const byStep = known.get(journey) ?? new Map<string, ReadonlySet<string>>();
  known.set(journey, byStep);
  const types = byStep.get(id) ?? findTypesInside(journey, id);
  byStep.set(id, types);
  return types;
}

/** Follows the staying arms' steps until they lead back. */
function findTypesInside(journey: Journey, id: string): ReadonlySet<string> {
  const wait = journey.steps.get(id);
  if (wait?.kind !== 'wait_for') return new Set();
  const open: Next[] = [...wait.arms.filter(({ stays }) => stays), ...wait.clocks].map(({ then }) => then);
  const [types, seen] = [new Set<string>(), new Set([id])];
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
