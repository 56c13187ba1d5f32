import type { ChooseStep, Next } from '../journey.js';
import type { Run } from '../run.js';

/** The first true alternative is taken, else `else`, else it simply goes on. */
export function choose(run: Run, step: ChooseStep): Next {
  const taken = step.branches.findIndex(({ when }, index) =>
    run.holds(when, { of: 'branch', step: step.id, number: index + 1 }),
  );
  const branch = step.branches[taken];
  if (branch !== undefined) {
    run.say({ kind: 'chosen', branch: taken + 1 }, step.id);
    return branch.then;
  }
  run.say({ kind: 'chosen', branch: step.otherwise === undefined ? 'none' : 'else' }, step.id);
  return step.otherwise ?? step.next;
}
