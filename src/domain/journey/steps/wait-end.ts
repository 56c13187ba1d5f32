import type { Run } from '../run.js';

/** A wait has ended: what was decided until now counts as before it. */
export function endWait(run: Run, step: string): void {
  run.setWait(step, undefined);
  run.set({ lastWait: run.facts.seq, missed: [] });
}
