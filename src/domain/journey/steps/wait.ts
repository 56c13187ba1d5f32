import { addDuration } from '../../time/arithmetic.js';
import type { WaitStep } from '../journey.js';
import type { Run, Stopped } from '../run.js';

export function reachWait(run: Run, step: WaitStep): Stopped {
  const until = addDuration(run.now, step.duration, run.facts.clock);
  run.setWait(step.id, { since: run.now, setBy: run.facts.seq, until, clocks: [], fired: [], held: [], pending: [] });
  run.say({ kind: 'waiting', until }, step.id);
  return 'waits';
}
