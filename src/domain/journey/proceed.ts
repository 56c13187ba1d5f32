import { end } from './ending.js';
import type { Next, Step } from './journey.js';
import type { Run, Stopped } from './run.js';
import { choose } from './steps/choose.js';
import { send } from './steps/send.js';
import { stopAt } from './steps/stop.js';
import { goBackTo, reachWaitFor } from './steps/wait-for.js';
import { reachWait } from './steps/wait.js';

/** More steps than this in one decision can only be a circle; it fails rather than hang the process. */
const MOST_STEPS = 10_000;

/** Runs the enrolment from here until it waits or ends. */
export function proceed(run: Run, from: Next | Stopped): void {
  let next = from;
  for (let steps = 0; typeof next !== 'string'; steps += 1) {
    if (steps > MOST_STEPS) throw new Error(`journey ${run.journey.name} does not come to rest`);
    next = take(run, next);
  }
}

function take(run: Run, next: Next): Next | Stopped {
  switch (next.kind) {
    case 'end':
      return end(run, 'completed');
    case 'back':
      return goBackTo(run, next.to);
    case 'step':
      return perform(run, stepOf(run, next.id));
  }
}

function stepOf({ journey }: Run, id: string): Step {
  const step = journey.steps.get(id);
  if (step === undefined) throw new Error(`journey ${journey.name} has no step ${id}`);
  return step;
}

function perform(run: Run, step: Step): Next | Stopped {
  run.enrolment.step = step.id;
  switch (step.kind) {
    case 'send':
      return send(run, step);
    case 'wait':
      return reachWait(run, step);
    case 'wait_for':
      return reachWaitFor(run, step);
    case 'choose':
      return choose(run, step);
    case 'stop':
      return stopAt(run, step);
  }
}
