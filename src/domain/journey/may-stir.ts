import type { Stimulus } from './decision.js';
import type { Journey } from './journey.js';
import { remembered } from './remembered.js';

/** Whether an event of this type can have any say as an exit, a goal or what a wait is for. */
export function mayConcern(journey: Journey, type: string): boolean {
  const { types, any } = listening(journey);
  return any || types.has(type);
}

const listening = remembered((journey: Journey): { readonly types: ReadonlySet<string>; readonly any: boolean } => {
  const rules = [...journey.exits, ...journey.goals];
  const types = new Set([...journey.listensTo, ...rules.flatMap(({ event }) => event ?? [])]);
  if (hasTasks(journey)) types.add('task.done');
  return { types, any: rules.some(({ event }) => event === undefined) };
});

/** Whether a stimulus can have any say: most events concern no rule of most journeys. */
export function mayStir(journey: Journey, stimulus: Exclude<Stimulus, { kind: 'trigger' | 'start' }>): boolean {
  switch (stimulus.kind) {
    case 'exits':
      return journey.exits.some(({ event }) => event === undefined || event === stimulus.event.type);
    case 'goals':
      return journey.goals.some(({ event }) => event === undefined || event === stimulus.event.type);
    case 'waits':
      return journey.listensTo.has(stimulus.event.type) || (stimulus.event.type === 'task.done' && hasTasks(journey));
    case 'wrote':
      return sendsByReply(journey);
    default:
      return true;
  }
}

const hasTasks = remembered((journey: Journey): boolean =>
  [...journey.steps.values()].some((step) => step.kind === 'task'),
);

/** Whether it sends where the customer last wrote. */
export const sendsByReply = remembered((journey: Journey): boolean =>
  [...journey.steps.values()].some(
    (step) => (step.kind === 'send' || step.kind === 'ask') && step.via?.includes('reply') === true,
  ),
);
