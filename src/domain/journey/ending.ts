import type { Instant } from '../time/instant.js';
import type { WaitState } from './enrolment.js';
import type { EndStep } from './step.js';
import type { Run, Stopped } from './run.js';
import { emit } from './steps/emit.js';
import { set } from './steps/set.js';
import { takeBack } from './steps/take-back.js';
import { closeTask, task } from './steps/task.js';
import { webhook } from './steps/webhook.js';

/** How an enrolment ends: through its steps (`completed`, or what `stop` says), or because something ended it. */
export type Ending =
  | 'completed'
  | 'goal'
  | 'exit_rule'
  | 'expired'
  | 'restarted'
  | 'journey_changed'
  | 'erased'
  // Its customer was merged with another one, who was inside as well.
  | 'merged';

/** What `stop` may not say, for it would be mistaken for one of them; journeys that said `merged` before it was one may go on to. */
export const endings: readonly Ending[] = [
  'completed',
  'goal',
  'exit_rule',
  'expired',
  'restarted',
  'journey_changed',
  'erased',
];

/** What ends in the middle takes back what is still queued. */
const takingBack: ReadonlySet<Ending> = new Set<Ending>([
  'exit_rule',
  'goal',
  'restarted',
  'journey_changed',
  'merged',
]);

const withdrawingTasks: ReadonlySet<string> = new Set<Ending>(['exit_rule', 'goal', 'journey_changed', 'merged']);

export function end(run: Run, reason: Ending): Stopped {
  leave(run, reason, reason === 'completed' ? undefined : run.enrolment.step);
  run.enrolment.status = reason === 'completed' ? statusAfterSteps(run) : 'ended';
  if (takingBack.has(reason)) takeBackMessages(run);
  return 'ended';
}

/** `stop` ends the steps like completion does: the goal still counts. */
export function stop(run: Run, reason: string): Stopped {
  leave(run, reason, run.enrolment.step);
  run.enrolment.status = statusAfterSteps(run);
  return 'ended';
}

function leave(run: Run, reason: string, step: string | undefined): void {
  for (const last of run.journey.atEnd) finishWith(run, last);
  if (withdrawingTasks.has(reason)) withdrawTasks(run);
  run.say({ kind: 'exited', reason }, step);
  run.enrolment.endedAt = run.now;
  run.enrolment.reason = reason;
  run.enrolment.step = undefined;
  const state = run.edit();
  state.waits = {};
  state.missed = [];
  if (state.held !== undefined) state.held = undefined;
  if (state.ask !== undefined) state.ask = undefined;
  if (state.awaits !== undefined) state.awaits = undefined;
}

/** However it ends. Nothing waits here. */
function finishWith(run: Run, step: EndStep): void {
  switch (step.kind) {
    case 'set':
      set(run, step);
      return;
    case 'emit':
      emit(run, step);
      return;
    case 'take_back':
      takeBack(run, step);
      return;
    case 'task':
      task(run, step, true);
      return;
    case 'webhook':
      webhook(run, step, true);
      return;
  }
}

/** Those of `at_end` are not its own. */
function withdrawTasks(run: Run): void {
  for (const id of Object.keys(run.state.tasks ?? {})) closeTask(run, id);
}

function takeBackMessages(run: Run): void {
  run.do({ kind: 'take_back', of: { journey: run.journey.name, enrolment: run.enrolment.seq } });
}

function statusAfterSteps(run: Run): 'watching' | 'ended' {
  const until = watchedUntil(run);
  return until !== undefined && until > run.now ? 'watching' : 'ended';
}

/** Until when a goal not yet reached still counts; undefined where there is none to watch for. */
export function watchedUntil(run: Run): Instant | undefined {
  if (run.state.goalReached) return undefined;
  let last: Instant | undefined;
  for (const { within } of run.journey.goals) {
    const until = within.until(run.scope(), run.enrolment.enteredAt);
    if (until !== undefined) last = Math.max(last ?? -Infinity, until);
  }
  return last;
}

/** The next instant at which time alone has something to say. */
export function nextWake(run: Run): Instant | undefined {
  switch (run.enrolment.status) {
    case 'ended':
      return undefined;
    case 'watching':
      return watchedUntil(run);
    case 'active':
      return Math.min(run.state.expiresAt, heldUntil(run), waitWakes(run));
  }
}

/** A message that is held, or a question that is open. */
function heldUntil({ state }: Run): Instant {
  return Math.min(state.held?.until ?? Infinity, state.ask?.until ?? Infinity);
}

/** The wait at which it stands, and the conditions of clocks around it, which are tested when they fall due. */
function waitWakes(run: Run): Instant {
  let first = Infinity;
  const { waits } = run.state;
  for (const id of Object.keys(waits)) {
    const wait = waits[id];
    const present = id === run.enrolment.step;
    if (present && wait?.until !== undefined) first = Math.min(first, wait.until);
    if (wait !== undefined && wait.clocks.length > 0) first = Math.min(first, clockWakes(run, id, wait, present));
  }
  return first;
}

function clockWakes(run: Run, id: string, wait: WaitState, present: boolean): Instant {
  let first = Infinity;
  for (const [number, due] of wait.clocks.entries()) {
    if (isOpen(wait, number) && (present || isConditional(run, id, number))) first = Math.min(first, due);
  }
  return first;
}

function isOpen({ fired, held }: WaitState, number: number): boolean {
  return !fired.includes(number) && !held.includes(number);
}

function isConditional({ journey }: Run, id: string, number: number): boolean {
  const step = journey.steps.get(id);
  return step?.kind === 'wait_for' && step.clocks[number]?.when !== undefined;
}
