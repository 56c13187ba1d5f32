import type { HistoryEvent } from '../expression/scope.js';
import { tieAt } from '../expression/tie.js';
import type { Json } from '../json.js';
import { addDuration } from '../time/arithmetic.js';
import { end } from './ending.js';
import type { ExitRule, GoalRule, Journey } from './journey.js';
import type { Run } from './run.js';

/** Whether an event of this type counts for this enrolment: one that `about` ties must have the same key. */
export function concerns(journey: Journey, key: string | undefined, event: HistoryEvent): boolean {
  if (journey.about?.kind !== 'field' || !journey.about.ties.has(event.type)) return true;
  return tieAt(journey.about.path, event.data) === key;
}

/** Tests the exits that listen to this event, and those without an event. True if the enrolment has left. */
export function testExits(run: Run, event: HistoryEvent, exits: readonly ExitRule[] = run.journey.exits): boolean {
  for (const { event: type, when } of exits) {
    const listens = type === undefined || (type === event.type && concerns(run.journey, run.enrolment.key, event));
    if (!listens || !run.holds(when, event)) continue;
    end(run, 'exit_rule');
    return true;
  }
  return false;
}

/** Before every send: the exits that need no event. */
export function testStandingExits(run: Run): boolean {
  return run.journey.exits.some(({ event, when }) => event === undefined && run.holds(when));
}

/** Tests the goals, once an enrolment; after the steps have ended within the goal's own time. */
export function testGoals(run: Run, event: HistoryEvent, goals: readonly GoalRule[] = run.journey.goals): void {
  if (run.state.goalReached || run.enrolment.status === 'ended') return;
  const goal = goals.find((rule) => meets(run, rule, event));
  if (goal === undefined) return;
  run.edit().goalReached = true;
  run.say({ kind: 'goal', value: goal.value?.evaluate(run.scope(event)) as Json | undefined });
  if (run.enrolment.status === 'watching') run.enrolment.status = 'ended';
  else if (!goal.continues) end(run, 'goal');
}

function meets(run: Run, { event: type, when, within }: GoalRule, event: HistoryEvent): boolean {
  if (type !== undefined && type !== event.type) return false;
  if (type !== undefined && !concerns(run.journey, run.enrolment.key, event)) return false;
  if (run.enrolment.status === 'watching' && run.now > addDuration(run.enrolment.enteredAt, within, run.facts.clock)) {
    return false;
  }
  return run.holds(when, event);
}
