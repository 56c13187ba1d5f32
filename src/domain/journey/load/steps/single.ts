import type { Next, Step } from '../../step.js';
import type { Block } from '../context.js';
import type { Flow } from '../flow.js';

/** A step that leads on to one place: what comes below it. */
export function single(flow: Flow, make: (next: Next) => Step): Block {
  return {
    flow,
    ended: false,
    link(next, add) {
      const step = make(next);
      add(step);
      return { kind: 'step', id: step.id };
    },
  };
}

/** Steps of a branch that is not there: it goes on at once. */
export function straightOn(flow: Flow): Block {
  return { flow, ended: false, link: (next) => next };
}
