import type { Journey } from '../domain/journey/journey.js';
import { signs } from '../domain/journey/steps/wait-until.js';
import type { Workspace } from '../domain/workspace.js';

/** Event types that somebody may ask a customer's history about. */
export function askedTypes({ journeys, audiences, scores }: Workspace): ReadonlySet<string> {
  const conditions = [...audiences.values()].map(({ condition }) => condition);
  const values = [...scores.values()].map(({ value }) => value);
  const calls = [...conditions, ...values].flatMap((expression) => expression.calls);
  return new Set([...calls.map(({ type }) => type), ...journeys.flatMap(askedBy)]);
}

function askedBy({ calls, listensTo, triggers, steps }: Journey): readonly string[] {
  const counted = [...calls.entering, ...calls.inside].map(({ type }) => type);
  const missed = triggers.flatMap((trigger) => (trigger.kind === 'absence' ? trigger.of : []));
  const learns = [...steps.values()].some((step) => step.kind === 'wait_until' && step.moment === 'best_hour');
  return [...counted, ...listensTo, ...missed, ...(learns ? signs : [])];
}
