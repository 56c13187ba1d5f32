import type { Instant } from '../time/instant.js';
import type { Decision, Stimulus } from './decision.js';
import { end, nextWake } from './ending.js';
import { enter } from './entering.js';
import type { Enrolment } from './enrolment.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';
import { proceed } from './proceed.js';
import { testExits, testGoals } from './rules.js';
import { Run } from './run.js';
import { resumeByEvent, resumeByTime } from './steps/resume.js';

/**
 * The heart: what one stimulus makes of one enrolment (or of none, when a trigger is tried). Pure: the same journey,
 * enrolment, stimulus, facts and instant give the same decision, here, in the simulator and in production.
 */
export function advance(
  journey: Journey,
  enrolment: Enrolment | undefined,
  stimulus: Stimulus,
  facts: Facts,
  now: Instant,
): Decision {
  if (stimulus.kind === 'trigger') return enter(journey, enrolment, stimulus, facts, now);
  if (enrolment === undefined) return { enrolment: undefined, effects: [], trace: [] };
  const run = new Run(journey, enrolment, facts, now, stimulus.kind === 'timer' ? 'time' : 'event');
  stir(run, stimulus);
  if (isUntouched(run, enrolment)) return { enrolment, effects: [], trace: [] };
  run.enrolment.wakeAt = nextWake(run);
  return { enrolment: run.enrolment, effects: run.effects, trace: run.trace };
}

/** Most stimuli concern nobody: then the enrolment is the very same, and nothing is written. */
function isUntouched(run: Run, before: Enrolment): boolean {
  return run.state === before.state && run.enrolment.status === before.status && run.trace.length === 0;
}

function stir(run: Run, stimulus: Exclude<Stimulus, { kind: 'trigger' }>): void {
  switch (stimulus.kind) {
    case 'exits':
      if (run.enrolment.status === 'active') testExits(run, stimulus.event);
      return;
    case 'goals':
      testGoals(run, stimulus.event);
      return;
    case 'waits':
      if (run.enrolment.status === 'active') proceed(run, resumeByEvent(run, stimulus.event));
      return;
    case 'restart':
      end(run, 'restarted');
      return;
    case 'timer':
      fallDue(run);
      return;
  }
}

/** A year in a journey is enough; of a limit and a wait that fall due together the limit was set first. */
function fallDue(run: Run): void {
  if (run.enrolment.status === 'watching') run.enrolment.status = 'ended';
  else if (run.enrolment.status === 'active' && run.state.expiresAt <= run.now) end(run, 'expired');
  else if (run.enrolment.status === 'active') proceed(run, resumeByTime(run));
}
