import type { Instant } from '../../time/instant.js';
import type { Next, WaitStep } from '../step.js';
import type { Run, Stopped } from '../run.js';
import { endWait } from './wait-end.js';

/** It waits until then; a wait that is over already is none. */
export function reachWait(run: Run, step: WaitStep): Next | Stopped {
  const until = step.ends.until(run.scope(), run.now);
  if (until !== undefined && until > run.now) return waitUntil(run, step.id, until);
  endWait(run, step.id);
  return step.next;
}

export function waitUntil(run: Run, step: string, until: Instant | undefined): Stopped {
  run.setWait(step, { since: run.now, setBy: run.facts.seq, until, clocks: [], fired: [], held: [], pending: [] });
  run.say({ kind: 'waiting', until }, step);
  return 'waits';
}
