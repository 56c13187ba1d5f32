import { end } from './ending.js';
import type { Next, Step } from './step.js';
import type { Run, Stopped } from './run.js';
import { ask } from './steps/ask.js';
import { choose } from './steps/choose.js';
import { emit } from './steps/emit.js';
import { grant } from './steps/grant.js';
import { send } from './steps/send.js';
import { set } from './steps/set.js';
import { split } from './steps/split.js';
import { stopAt } from './steps/stop.js';
import { takeBack } from './steps/take-back.js';
import { task } from './steps/task.js';
import { goBackTo, reachWaitFor } from './steps/wait-for.js';
import { reachWaitUntil } from './steps/wait-until.js';
import { reachWait } from './steps/wait.js';
import { webhook } from './steps/webhook.js';

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
    case 'ask':
      return ask(run, step);
    case 'wait':
    case 'wait_until':
    case 'wait_for':
      return reach(run, step);
    case 'choose':
      return choose(run, step);
    case 'split':
      return split(run, step);
    case 'stop':
      return stopAt(run, step);
    default:
      return act(run, step);
  }
}

type Wait = Extract<Step, { kind: 'wait' | 'wait_until' | 'wait_for' }>;

function reach(run: Run, step: Wait): Next | Stopped {
  switch (step.kind) {
    case 'wait':
      return reachWait(run, step);
    case 'wait_until':
      return reachWaitUntil(run, step);
    case 'wait_for':
      return reachWaitFor(run, step);
  }
}

type Act = Extract<Step, { kind: 'grant' | 'take_back' | 'set' | 'emit' | 'task' | 'webhook' }>;

/** Steps that do something other than write to the customer; of these tasks and web hooks may be waited for. */
function act(run: Run, step: Act): Next | Stopped {
  switch (step.kind) {
    case 'task':
      return task(run, step);
    case 'webhook':
      return webhook(run, step);
    case 'grant':
      grant(run, step);
      return step.next;
    case 'take_back':
      takeBack(run, step);
      return step.next;
    case 'set':
      set(run, step);
      return step.next;
    case 'emit':
      emit(run, step);
      return step.next;
  }
}
