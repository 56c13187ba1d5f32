import type { Next, Step } from './step.js';

/** Where a step may lead. */
export function waysOutOf(step: Step): readonly Next[] {
  return [step.next, ...alternativesOf(step).map(({ to }) => to)];
}

/** The ways out of a step besides the plain one, each with what leads there. */
export function alternativesOf(step: Step): readonly { readonly name: string; readonly to: Next }[] {
  switch (step.kind) {
    case 'choose':
      return [
        ...step.branches.map(({ when, then }) => ({ name: when.source, to: then })),
        ...otherwise(step.otherwise),
      ];
    case 'split':
      return step.arms.map(({ name, then }) => ({ name, to: then }));
    case 'wait_for':
      return [
        ...step.arms.map(({ event, then }) => ({ name: event, to: then })),
        ...step.clocks.map(({ then }) => ({ name: 'after', to: then })),
        ...(step.atMost === undefined ? [] : [{ name: 'time-out', to: step.otherwise }]),
      ];
    case 'wait_until':
      return [
        { name: 'then', to: step.then },
        { name: 'else', to: step.otherwise },
      ];
    case 'send':
    case 'ask':
    case 'webhook':
    case 'task':
      return otherwise(step.otherwise);
    default:
      return [];
  }
}

function otherwise(to: Next | undefined): readonly { readonly name: string; readonly to: Next }[] {
  return to === undefined ? [] : [{ name: 'else', to }];
}
