import { chance } from '../chance.js';
import type { Next, SplitStep } from '../step.js';
import type { Run } from '../run.js';

/** The same customer always takes the same arm; what is left of 100% goes on. */
export function split(run: Run, step: SplitStep): Next {
  const share = chance(`${run.journey.name}/${step.id}/${run.enrolment.customer}`);
  const arm = step.arms.find(({ upTo }) => upTo > share);
  if (run.isWatched) {
    const arms = step.arms.map(({ name, upTo }) => ({ name, up_to: upTo }));
    run.tell('split', arm !== undefined, { drawn: share, arms });
  }
  run.say({ kind: 'split', branch: arm?.name ?? 'none' }, step.id);
  return arm?.then ?? step.next;
}
