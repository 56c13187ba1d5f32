import type { HistoryEvent } from '../../expression/scope.js';
import type { ChannelName } from '../../message/message.js';
import type { Stimulus } from '../decision.js';
import type { Next, Step } from '../step.js';
import type { Run, Stopped } from '../run.js';
import { ask, closeAsk, takeReply } from './ask.js';
import { send } from './send.js';
import { takeDone, taskTimedOut } from './task.js';
import { noteEvent, noteFallenDue } from './wait-around.js';
import { endWait } from './wait-end.js';
import { takeDue, takeEvent } from './wait-for.js';
import { takeWebhookAnswer } from './webhook.js';

/** An event reaches an enrolment that waits. */
export function resumeByEvent(run: Run, event: HistoryEvent): Next | Stopped {
  noteEvent(run, event);
  const done = event.type === 'task.done' ? takeDone(run, event) : undefined;
  if (done !== undefined) return done;
  const step = present(run);
  if (step?.kind === 'ask' && run.state.ask !== undefined) return closeUnless(run, step, event);
  return step?.kind === 'wait_for' ? takeEvent(run, step, event) : 'waits';
}

type AskStep = Extract<Step, { kind: 'ask' }>;

/** One of these closes the question: nobody needs the answer any more. */
function closeUnless(run: Run, step: AskStep, event: HistoryEvent): Next | Stopped {
  if (!step.unless.includes(event.type) || !run.concerns(event)) return 'waits';
  run.met = true;
  run.say({ kind: 'resumed', by: 'event', event: event.type }, step.id);
  return closeAsk(run, step, step.next);
}

/** A timer of the step at which the enrolment stands, or of a wait around it, has fallen due. */
export function resumeByTime(run: Run): Next | Stopped {
  noteFallenDue(run);
  const step = present(run);
  if (step === undefined) return 'waits';
  const { held } = run.state;
  if (held !== undefined) return held.until <= run.now ? tryAgain(run, step) : 'waits';
  if (step.kind === 'ask') return timeOutAsk(run, step);
  return timeOut(run, step);
}

/** A message was held: the whole list is run again on the facts of this moment. */
function tryAgain(run: Run, step: Step): Next | Stopped {
  if (step.kind === 'send') return send(run, step);
  return step.kind === 'ask' ? ask(run, step) : 'waits';
}

function timeOutAsk(run: Run, step: AskStep): Next | Stopped {
  const until = run.state.ask?.until;
  if (until === undefined || until > run.now) return 'waits';
  run.say({ kind: 'resumed', by: 'timeout' }, step.id);
  return closeAsk(run, step, step.otherwise ?? step.next);
}

function timeOut(run: Run, step: Step): Next | Stopped {
  const wait = run.state.waits[step.id];
  if (wait === undefined) return 'waits';
  if (step.kind === 'wait_for') return takeDue(run, step);
  if (wait.until === undefined || wait.until > run.now) return 'waits';
  if (step.kind === 'task') return taskTimedOut(run, step);
  run.say({ kind: 'resumed', by: 'time' }, step.id);
  endWait(run, step.id);
  return step.kind === 'wait_until' ? step.then : step.next;
}

/** A reply that its open question takes. */
export function resumeByReply(run: Run, reply: Extract<Stimulus, { kind: 'reply' }>): Next | Stopped {
  const step = present(run);
  return step?.kind === 'ask' && run.state.ask !== undefined ? takeReply(run, step, reply) : 'waits';
}

/** What became of its message. */
export function resumeByOutcome(
  run: Run,
  { message, result, channel, failedOn }: Extract<Stimulus, { kind: 'outcome' }>,
): Next | Stopped {
  const step = present(run);
  if (run.state.awaits !== message || (step?.kind !== 'send' && step?.kind !== 'ask')) return 'waits';
  const otherwise = step.otherwise ?? step.next;
  const neverCame = result === 'failed' || result === 'withheld';
  if (step.kind === 'ask') return neverCame ? closeAsk(run, step, otherwise) : askedOn(run, channel, failedOn);
  if (result === 'moved') return 'waits';
  run.edit().awaits = undefined;
  return neverCame ? otherwise : step.next;
}

/** A channel to fall back on took the question, or is about to: its answer may come there too, until it has failed there. */
function askedOn(run: Run, channel: ChannelName, failedOn: ChannelName | undefined): Stopped {
  const { ask: open } = run.state;
  if (open === undefined) return 'waits';
  const channels = open.channels.filter((one, place) => place === 0 || one !== failedOn);
  if (channel !== failedOn && !channels.includes(channel)) channels.push(channel);
  if (channels.join() !== open.channels.join()) run.edit().ask = { ...open, channels };
  return 'waits';
}

export function resumeByWebhook(run: Run, answer: Extract<Stimulus, { kind: 'webhook' }>): Next | Stopped {
  const step = present(run);
  return step?.kind === 'webhook' && step.id === answer.step ? takeWebhookAnswer(run, step, answer) : 'waits';
}

/** The step at which it stands. */
export function present({ enrolment, journey }: Run): Step | undefined {
  return enrolment.step === undefined ? undefined : journey.steps.get(enrolment.step);
}
