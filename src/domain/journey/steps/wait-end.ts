import type { Run } from '../run.js';

/** A wait has ended: what was decided until now counts as before it. */
export function endWait(run: Run, step: string): void {
  run.dropWait(step);
  const state = run.edit();
  state.lastWait = run.facts.seq;
  state.missed = [];
}
