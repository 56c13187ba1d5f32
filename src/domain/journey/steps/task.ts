import type { HistoryEvent } from '../../expression/scope.js';
import type { Next, TaskStep } from '../step.js';
import type { Run, Stopped } from '../run.js';

/** Opens a task for a person; with `within` the journey waits until it is done. */
export function task(run: Run, step: TaskStep, atEnd = false): Next | Stopped {
  if (step.saveAs !== undefined) run.forget([step.saveAs]);
  const id = open(run, step);
  if (step.saveAs !== undefined) run.save(step.saveAs, { task_id: id });
  if (atEnd) return step.next;
  run.edit().tasks = { ...run.state.tasks, [id]: { name: step.saveAs } };
  if (step.within === undefined) return step.next;
  const until = step.within.until(run.scope(), run.now);
  run.setWait(step.id, { since: run.now, setBy: run.facts.seq, until, clocks: [], fired: [], held: [], pending: [] });
  run.edit().awaits = id;
  run.say({ kind: 'waiting', for: 'task.done', until }, step.id);
  return 'waits';
}

function open(run: Run, step: TaskStep): string {
  const { customer, journey, key, seq: enrolment } = run.enrolment;
  const scope = run.scope();
  const place = [customer, journey, enrolment, step.id, run.facts.seq, run.effects.length];
  const id = run.facts.others.taskId(place.join('/'));
  const title = printed(step.title.evaluate(scope));
  const assigned = step.assignTo?.evaluate(scope);
  const assignTo = assigned === undefined ? undefined : printed(assigned);
  const due = step.due?.until(scope, run.now);
  const { results } = step;
  run.do({ kind: 'task_opened', id, journey, key, enrolment, step: step.id, title, assignTo, due, results });
  run.say({ kind: 'task', task_id: id, title, assign_to: assignTo, due }, step.id);
  return id;
}

function printed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** Somebody has done one of its tasks. Gives where that leads, if its step waits for it. */
export function takeDone(run: Run, event: HistoryEvent): Next | undefined {
  const { task_id: id, result } = event.data;
  const done = typeof id === 'string' ? run.state.tasks?.[id] : undefined;
  if (typeof id !== 'string' || done === undefined) return undefined;
  forgetTask(run, id);
  if (done.name !== undefined) run.save(done.name, { task_id: id, result: result ?? null });
  const step = run.enrolment.step === undefined ? undefined : run.journey.steps.get(run.enrolment.step);
  if (step?.kind !== 'task' || run.state.awaits !== id) return undefined;
  run.met = true;
  run.say({ kind: 'resumed', by: 'event', event: event.type }, step.id);
  return leaveTask(run, step, step.next);
}

/** It was not done in time. */
export function taskTimedOut(run: Run, step: TaskStep): Next {
  run.say({ kind: 'resumed', by: 'timeout' }, step.id);
  return leaveTask(run, step, step.otherwise ?? step.next);
}

function leaveTask(run: Run, step: TaskStep, next: Next): Next {
  run.edit().awaits = undefined;
  run.dropWait(step.id);
  return next;
}

/** Nobody needs to do it any more. */
export function closeTask(run: Run, id: string): void {
  forgetTask(run, id);
  run.do({ kind: 'task_closed', id });
}

function forgetTask(run: Run, id: string): void {
  const { [id]: gone, ...others } = run.state.tasks ?? {};
  if (gone !== undefined) run.edit().tasks = others;
}
