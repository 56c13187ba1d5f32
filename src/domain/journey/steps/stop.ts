import { stop } from '../ending.js';
import type { StopStep } from '../step.js';
import type { Run, Stopped } from '../run.js';

export function stopAt(run: Run, step: StopStep): Stopped {
  const reason = step.reason.evaluate(run.scope());
  return stop(run, typeof reason === 'string' ? reason : JSON.stringify(reason ?? ''));
}
