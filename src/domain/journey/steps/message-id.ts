import type { MessageStep } from '../step.js';
import type { Run } from '../run.js';

/** Names the message that is queued next among this customer's. A step may be passed several times, even in one decision. */
export function messageId({ enrolment, facts, effects }: Run, { id }: MessageStep): string {
  // Joined, a text of its own: made of pieces it would hold each of them for as long as it is kept.
  return [enrolment.journey, enrolment.seq, id, `${String(facts.seq)}.${String(effects.length)}`].join('/');
}
