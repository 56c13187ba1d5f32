import type { ChooseStep, Next } from '../step.js';
import type { Run } from '../run.js';

/** The first true alternative is taken, else `else`, else it simply goes on. */
export function choose(run: Run, step: ChooseStep): Next {
  let number = 0;
  for (const { when, then } of step.branches) {
    number += 1;
    if (!run.holds(when, { of: 'branch', step: step.id, number })) continue;
    run.say({ kind: 'chosen', branch: number }, step.id);
    return then;
  }
  run.say({ kind: 'chosen', branch: step.otherwise === undefined ? 'none' : 'else' }, step.id);
  return step.otherwise ?? step.next;
}
