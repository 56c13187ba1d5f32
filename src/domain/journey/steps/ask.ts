import type { ChannelName } from '../../message/message.js';
import { consentProblem } from '../../policy/leave.js';
import type { Answer, Stimulus } from '../decision.js';
import type { AskStep, Next } from '../step.js';
import type { Run, Stopped } from '../run.js';
import { openChannels } from './channels.js';
import { deadlinesAgain } from './clearance.js';
import { render } from './rendering.js';
import { dispatch, repeat } from './send.js';
import { endWait } from './wait-end.js';

/** Sends the question and waits for its answer. */
export function ask(run: Run, step: AskStep): Next | Stopped {
  if (step.saveAs !== undefined) run.forget([step.saveAs]);
  return dispatch(run, step, (message, { channel }) => {
    const until = step.within.until(run.scope(), run.now);
    const state = run.edit();
    state.awaits = message;
    state.ask = {
      step: step.id,
      channels: [channel],
      sentAt: run.now,
      setBy: run.facts.seq,
      until,
      left: step.reask,
    };
    run.say({ kind: 'asked', template: step.template, until }, step.id);
    return 'waits';
  });
}

/** A reply that fits closes the question; one that fits none repeats it. */
export function takeReply(
  run: Run,
  step: AskStep,
  { event, answer }: Extract<Stimulus, { kind: 'reply' }>,
): Next | Stopped {
  if (answer === undefined) return askAgain(run, step, event.data['channel'] as ChannelName);
  const { text, channel } = event.data;
  if (step.saveAs !== undefined) {
    run.save(step.saveAs, { value: answer.value, text: text ?? null, channel: channel ?? null });
  }
  run.say({ kind: 'answered', value: answer.value }, step.id);
  return closeAsk(run, step, step.next);
}

/** On the channel on which they wrote; whoever has said no since hears nothing more. */
function askAgain(run: Run, step: AskStep, channel: ChannelName): Stopped {
  const { ask: open } = run.state;
  if (open === undefined) return 'waits';
  run.edit().ask = { ...open, left: open.left - 1 };
  const problem = consentProblem(run.facts.customer, step.purpose, run.facts.workspace.policy);
  const deadlines = problem ?? deadlinesAgain(run, step);
  if (typeof deadlines === 'string') {
    run.say({ kind: 'suppressed', template: step.template, reason: deadlines }, step.id);
    return 'waits';
  }
  const there = openChannels(run, { ...step, via: [channel] });
  const rendered = render(run, step, there);
  if ('attempts' in rendered) repeat(run, step, rendered.attempts[0], deadlines);
  return 'waits';
}

/** Its time is over, or it was sent nowhere. */
export function closeAsk(run: Run, step: AskStep, next: Next): Next {
  const state = run.edit();
  state.ask = undefined;
  state.awaits = undefined;
  endWait(run, step.id);
  return next;
}

/** Whether a folded reply fits the question's answers, and how much of it does. */
export function answerTo({ answers }: AskStep, folded: string, text: string): Answer | undefined {
  switch (answers.kind) {
    case 'text':
      return { value: text, length: 0 };
    case 'range': {
      const [digits] = /^-?\d+(?= |$)/.exec(folded) ?? [];
      const value = Number(digits);
      const fits = digits !== undefined && value >= answers.from && value <= answers.to;
      return fits ? { value, length: digits.length } : undefined;
    }
    case 'words':
      return longestOf(answers.options, folded);
  }
}

type Options = Extract<AskStep['answers'], { kind: 'words' }>['options'];

function longestOf(options: Options, folded: string): Answer | undefined {
  let best: Answer | undefined;
  for (const { value, words } of options) {
    for (const word of words) {
      const fits = folded === word || folded.startsWith(`${word} `);
      if (fits && (best === undefined || word.length > best.length)) best = { value, length: word.length };
    }
  }
  return best;
}
