import type { HistoryEvent } from '../expression/scope.js';
import { fold } from '../message/folding.js';
import type { ChannelName } from '../message/message.js';
import type { Answer } from './decision.js';
import { byJourneyAndKey } from './due.js';
import type { Enrolment } from './enrolment.js';
import type { JourneySet } from './journey-set.js';
import type { AskStep } from './step.js';
import { answerTo } from './steps/ask.js';

/** A question that was sent and waits for its answer. */
export interface OpenQuestion {
  readonly enrolment: Enrolment;
  readonly step: AskStep;
  readonly sentAt: number;
  readonly setBy: number;
  readonly left: number;
}

/** The open questions that were sent on this channel, the newest first. */
export function openAsks(
  enrolments: Iterable<Enrolment>,
  journeys: JourneySet,
  channel: ChannelName,
): readonly OpenQuestion[] {
  const found: OpenQuestion[] = [];
  for (const enrolment of enrolments) {
    const { ask } = enrolment.state;
    if (ask?.channels.includes(channel) !== true) continue;
    const step = journeys.of(enrolment).steps.get(ask.step);
    if (step?.kind === 'ask') found.push({ enrolment, step, sentAt: ask.sentAt, setBy: ask.setBy, left: ask.left });
  }
  // Those of one decision were sent in the order in which its enrolments were looked at.
  const byAge = (a: OpenQuestion, b: OpenQuestion): number =>
    b.sentAt - a.sentAt || b.setBy - a.setBy || byJourneyAndKey(b.enrolment, a.enrolment);
  return found.sort(byAge);
}

/** The first of the questions that a reply answers, and how. */
export function firstAnswered(
  asks: readonly OpenQuestion[],
  event: HistoryEvent,
): { readonly enrolment: Enrolment; readonly answer: Answer } | undefined {
  for (const open of asks) {
    const answer = answerOf(open, event);
    if (answer !== undefined) return { enrolment: open.enrolment, answer };
  }
  return undefined;
}

/** What a reply answers to a question; undefined where it fits none of its answers. */
function answerOf({ step }: OpenQuestion, { data }: HistoryEvent): Answer | undefined {
  const { text } = data;
  return typeof text === 'string' ? answerTo(step, fold(text), text) : undefined;
}
