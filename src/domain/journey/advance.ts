import type { Instant } from '../time/instant.js';
import type { Decision, Stimulus } from './decision.js';
import { end, nextWake } from './ending.js';
import { enter } from './entering.js';
import type { Enrolment } from './enrolment.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';
import type { Next } from './step.js';
import { proceed } from './proceed.js';
import { testExits, testGoals } from './rules.js';
import { Run, type Cause, type Stopped } from './run.js';
import {
  present,
  resumeByEvent,
  resumeByOutcome,
  resumeByReply,
  resumeByTime,
  resumeByWebhook,
} from './steps/resume.js';
import { reachWaitUntil } from './steps/wait-until.js';
import type { Turn } from './witness.js';

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
  if (stimulus.kind === 'trigger' || stimulus.kind === 'start') return enter(journey, enrolment, stimulus, facts, now);
  if (enrolment === undefined) return { enrolment: undefined, effects: [], trace: [] };
  facts.witness?.turns(turnOf(enrolment, stimulus, facts, now));
  const decides = 'event' in stimulus ? stimulus.event.id : undefined;
  const run = new Run(journey, enrolment, facts, now, causeOf(stimulus), decides);
  stir(run, stimulus);
  if (isUntouched(run, enrolment)) return { enrolment, effects: [], trace: [] };
  run.enrolment.wakeAt = nextWake(run);
  facts.witness?.stands(run.enrolment);
  return decided(run);
}

function causeOf({ kind }: Stimulus): Cause {
  if (kind === 'timer') return 'time';
  return kind === 'outcome' || kind === 'webhook' ? 'report' : 'event';
}

function turnOf({ journey, key, seq }: Enrolment, stimulus: Stimulus, { clock }: Facts, at: Instant): Turn {
  const turn = { at, journey, key, enrolment: seq, stimulus: stimulus.kind, clock };
  if (!('event' in stimulus)) return turn;
  const { type, id, time } = stimulus.event;
  return { ...turn, event: { type, id, time } };
}

function decided({ enrolment, effects, trace, met }: Run): Decision {
  return met ? { enrolment, effects, trace, met } : { enrolment, effects, trace };
}

/** Most stimuli concern nobody: then the enrolment is the very same, and nothing is written. */
function isUntouched(run: Run, before: Enrolment): boolean {
  return run.state === before.state && run.enrolment.status === before.status && run.trace.length === 0;
}

function stir(run: Run, stimulus: Exclude<Stimulus, { kind: 'trigger' | 'start' }>): void {
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
    default:
      if (run.enrolment.status === 'active') stirActive(run, stimulus);
      return;
  }
}

/** What only someone inside can be told. */
function stirActive(
  run: Run,
  stimulus: Extract<Stimulus, { kind: 'update' | 'wrote' | 'reply' | 'outcome' | 'webhook' }>,
): void {
  switch (stimulus.kind) {
    case 'update':
      run.setTrigger(stimulus.data);
      proceed(run, setAnew(run));
      return;
    case 'wrote':
      if (run.state.repliedOn !== stimulus.channel) run.edit().repliedOn = stimulus.channel;
      return;
    case 'reply':
      proceed(run, resumeByReply(run, stimulus));
      return;
    case 'outcome':
      proceed(run, resumeByOutcome(run, stimulus));
      return;
    case 'webhook':
      proceed(run, resumeByWebhook(run, stimulus));
      return;
  }
}

/** A moment that it waits for may be another one now. */
function setAnew(run: Run): Next | Stopped {
  const step = present(run);
  return step?.kind === 'wait_until' ? reachWaitUntil(run, step) : 'waits';
}

/** A year in a journey is enough; of a limit and a wait that fall due together the limit was set first. */
function fallDue(run: Run): void {
  if (run.enrolment.status === 'watching') run.enrolment.status = 'ended';
  else if (run.enrolment.status === 'active' && run.state.expiresAt <= run.now) end(run, 'expired');
  else if (run.enrolment.status === 'active') proceed(run, resumeByTime(run));
}
