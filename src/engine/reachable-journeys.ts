import type { Journey } from '../domain/journey/journey.js';
import type { Step } from '../domain/journey/step.js';
import type { JourneySet } from '../domain/journey/journey-set.js';
import { remembered } from '../domain/journey/remembered.js';

/** Event types that a journey may emit. */
const emittedTypes = remembered((journey: Journey): readonly string[] => {
  const types = allSteps(journey).flatMap((step) => (step.kind === 'emit' ? [step.type] : []));
  return [...new Set(types)];
});

/** Whether it may change the clock by which its customer's days are counted. */
export const mayMoveClock = remembered(
  (journey: Journey): boolean =>
    allSteps(journey).some((step) => step.kind === 'set' && Object.hasOwn(step.values, 'timezone')) ||
    emittedTypes(journey).includes('customer.updated'),
);

/** Journeys that may start because these emit something, and because those do in turn: what follows in one transaction. */
export function startedByEmits(journeys: JourneySet, from: Iterable<Journey>): readonly Journey[] {
  const found = new Set<Journey>();
  const types = new Set<string>();
  const open = [...from];
  for (let journey = open.pop(); journey !== undefined; journey = open.pop()) {
    for (const type of emittedTypes(journey)) {
      if (types.has(type)) continue;
      types.add(type);
      for (const started of journeys.startedBy(type)) {
        if (!found.has(started)) open.push(started);
        found.add(started);
      }
    }
  }
  return [...found];
}

export function allSteps({ steps, atEnd }: Journey): readonly Step[] {
  return [...steps.values(), ...atEnd];
}
