import type { TakeBackStep } from '../step.js';
import type { Run } from '../run.js';
import { takeBackGrant } from './grant.js';
import { closeTask } from './task.js';

/** The unspent rest of the grant, or the open task, that was saved under this name. */
export function takeBack(run: Run, step: TakeBackStep): void {
  const grant = run.state.grants?.[step.name];
  if (step.saveAs !== undefined && step.saveAs !== step.name) run.forget([step.saveAs]);
  if (grant === undefined) takeBackTasks(run, step);
  else takeBackGrant(run, step, grant);
}

function takeBackTasks(run: Run, step: TakeBackStep): void {
  for (const [id, { name }] of Object.entries(run.state.tasks ?? {})) {
    if (name !== step.name) continue;
    closeTask(run, id);
    run.say({ kind: 'taken_back' }, step.id);
  }
}
