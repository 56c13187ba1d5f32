import type { HistoryEvent } from '../../expression/scope.js';
import type { Next, Step } from '../journey.js';
import type { Run, Stopped } from '../run.js';
import { noteEvent, noteFallenDue } from './wait-around.js';
import { endWait } from './wait-end.js';
import { takeDue, takeEvent } from './wait-for.js';

/** An event reaches an enrolment that waits. */
export function resumeByEvent(run: Run, event: HistoryEvent): Next | Stopped {
  noteEvent(run, event);
  const step = present(run);
  return step?.kind === 'wait_for' ? takeEvent(run, step, event) : 'waits';
}

/** A timer of the step at which the enrolment stands, or of a wait around it, has fallen due. */
export function resumeByTime(run: Run): Next | Stopped {
  noteFallenDue(run);
  const step = present(run);
  const wait = step === undefined ? undefined : run.state.waits[step.id];
  if (step === undefined || wait === undefined) return 'waits';
  if (step.kind === 'wait_for') return takeDue(run, step);
  if (wait.until === undefined || wait.until > run.now) return 'waits';
  run.say({ kind: 'resumed', by: 'time' }, step.id);
  endWait(run, step.id);
  return step.next;
}

function present({ enrolment, journey }: Run): Step | undefined {
  return enrolment.step === undefined ? undefined : journey.steps.get(enrolment.step);
}
