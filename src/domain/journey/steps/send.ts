import { end } from '../ending.js';
import type { Deadlines } from '../deadlines.js';
import type { Attempt, Queue } from '../decision.js';
import type { Mutable, WithheldMessage } from '../enrolment.js';
import type { MessageStep, Next, SendStep } from '../step.js';
import { testStandingExits } from '../rules.js';
import type { Run, Stopped } from '../run.js';
import { clear, type Clearance } from './clearance.js';
import { messageId } from './message-id.js';
import { sentDetail } from './rendering.js';

/** Tests the message and hands it to the outbox; with `else` the step is over when its outcome is known. */
export function send(run: Run, step: SendStep): Next | Stopped {
  return dispatch(run, step, (message) => {
    if (step.otherwise === undefined) return step.next;
    run.edit().awaits = message;
    return 'waits';
  });
}

/** What a `send` and an `ask` have in common: it is tested, then held, given up or queued. */
export function dispatch(
  run: Run,
  step: MessageStep,
  then: (message: string, first: Attempt) => Next | Stopped,
): Next | Stopped {
  if (testStandingExits(run)) return end(run, 'exit_rule');
  const { held } = run.state;
  const since = held?.since ?? run.now;
  const outcome = clear(run, step, since);
  if (outcome.kind === 'deferred') return holdBack(run, step, since, outcome);
  if (held !== undefined) run.edit().held = undefined;
  if (outcome.kind === 'cleared') {
    const message = queue(run, step, outcome);
    return then(message, outcome.attempts[0]);
  }
  const { kind, reason, detail } = outcome;
  if (held !== undefined) noteWithheld(run, step, { since, reason });
  run.say({ kind, template: step.template, reason, ...(detail === undefined ? {} : { detail }) }, step.id);
  return step.otherwise ?? step.next;
}

/** Who holds so many messages and sends none is told of the newest. */
const MOST_WITHHELD = 20;

/** For whoever looks at the customer: a message that was held and given up is no row of its own. */
function noteWithheld(run: Run, { id, template }: MessageStep, what: Pick<WithheldMessage, 'since' | 'reason'>): void {
  const before = run.state.withheld ?? [];
  const newest = { step: id, template, at: run.now, ...what };
  run.edit().withheld = [...before, newest].slice(-MOST_WITHHELD);
}

type Outcome<K extends Clearance['kind']> = Extract<Clearance, { kind: K }>;

/** It waits at its step; when the reason ends, all is tested anew. */
function holdBack(run: Run, step: MessageStep, since: number, { reason, until }: Outcome<'deferred'>): Stopped {
  const setBy = run.state.held?.setBy ?? run.facts.seq;
  run.edit().held = { since, until, setBy, reason };
  run.say({ kind: 'deferred', template: step.template, reason, until }, step.id);
  return 'waits';
}

function queue(run: Run, step: MessageStep, { attempts, notAfter, leaveBy }: Outcome<'cleared'>): string {
  const message = messageId(run, step);
  push(run, step, message, attempts, { notAfter, leaveBy });
  run.say(sentDetail(step.template, attempts[0]), step.id);
  return message;
}

/** The same question again: no cap counts it twice. */
export function repeat(run: Run, step: MessageStep, attempt: Attempt, deadlines: Deadlines): void {
  push(run, step, messageId(run, step), [attempt], deadlines, true);
  run.say(sentDetail(step.template, attempt), step.id);
}

function push(
  run: Run,
  step: MessageStep,
  message: string,
  attempts: readonly [Attempt, ...Attempt[]],
  { notAfter, leaveBy }: Deadlines,
  repeats?: true,
): void {
  const { customer, journey, key, seq: enrolment } = run.enrolment;
  const { id, template, purpose, fallbackAfter } = step;
  const queued: Mutable<Queue> = {
    kind: 'queue',
    message,
    at: run.now,
    customer,
    journey,
    key,
    enrolment,
    step: id,
    template,
    purpose,
    attempts,
    notAfter,
    leaveBy,
    fallbackAfter,
    awaited: step.otherwise !== undefined || isAsk(step),
  };
  if (repeats !== undefined) queued.repeats = repeats;
  run.do(queued);
}

function isAsk(step: MessageStep): boolean {
  return 'kind' in step && step.kind === 'ask';
}
