import type { HistoryEvent } from '../expression/scope.js';
import type { Json } from '../json.js';
import { end } from './ending.js';
import type { ExitRule, GoalRule } from './journey.js';
import type { Run } from './run.js';

/** Tests the exits that listen to this event, and those without an event. True if the enrolment has left. */
export function testExits(run: Run, event: HistoryEvent, exits: readonly ExitRule[] = run.journey.exits): boolean {
  for (const { event: type, when } of exits) {
    const listens = type === undefined || (type === event.type && run.concerns(event));
    if (!listens || !run.holds(when, { of: 'exit', name: type }, event)) continue;
    end(run, 'exit_rule');
    return true;
  }
  return false;
}

/** Before every send: the exits that need no event. */
export function testStandingExits(run: Run): boolean {
  return run.journey.exits.some(({ event, when }) => event === undefined && run.holds(when, { of: 'exit' }));
}

/** Tests the goals, once an enrolment; after the steps have ended within the goal's own time. */
export function testGoals(run: Run, event: HistoryEvent, goals: readonly GoalRule[] = run.journey.goals): void {
  const { state, enrolment } = run;
  if (state.goalReached || enrolment.status === 'ended') return;
  const goal = goals.find((rule) => meets(run, rule, event));
  if (goal === undefined) return;
  run.edit().goalReached = true;
  const value = goal.value?.evaluate(run.scope(event)) as Json | undefined;
  run.say({ kind: 'goal', value, ...(state.holdout === true ? { holdout: true } : {}) });
  if (enrolment.status === 'watching') enrolment.status = 'ended';
  else if (!goal.continues) end(run, 'goal');
}

function meets(run: Run, { event: type, when, within }: GoalRule, event: HistoryEvent): boolean {
  if (type !== undefined && type !== event.type) return false;
  if (type !== undefined && !run.concerns(event)) return false;
  if (run.enrolment.status === 'watching') {
    const until = within.until(run.scope(), run.enrolment.enteredAt);
    if (until !== undefined && run.now > until) return false;
  }
  return run.holds(when, { of: 'goal', name: type }, event);
}
