import type { Attempt, Queue } from '../domain/journey/decision.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { insertMessages } from '../store/engine/insert-messages.sql.js';
import { takeMessageIds } from '../store/engine/take-message-ids.sql.js';
import type { LiveJourneys } from './live-journeys.js';

export interface QueuedMessage {
  readonly message: Queue;
  readonly now: Instant;
}

/** Hands messages to the outbox under fresh ids; gives their number. */
export async function queueMessages(
  tx: Connection,
  live: LiveJourneys,
  messages: readonly QueuedMessage[],
): Promise<number> {
  if (messages.length === 0) return 0;
  const [taken] = await tx.run(takeMessageIds, [messages.length]);
  if (taken === undefined) throw new Error('no message ids were given');
  const rows = messages.map(({ message, now }) => ({ ...message, now, first: message.attempts[0] }));
  await tx.run(insertMessages, [
    rows.map((_, place) => taken.first + place),
    rows.map(({ customer }) => customer),
    rows.map(({ journey }) => journey),
    rows.map(({ enrolment }) => enrolment),
    rows.map(({ key }) => key ?? null),
    rows.map(({ step }) => step),
    rows.map(({ template }) => template),
    rows.map(({ purpose }) => purpose),
    rows.map(({ purpose }) => rankOf(live, purpose)),
    rows.map(({ first }) => first.channel),
    rows.map(({ first }) => first.to),
    rows.map(({ first, now }) => JSON.stringify(stored(first, now))),
    rows.map(({ attempts, now }) => JSON.stringify(attempts.slice(1).map((attempt) => fallback(attempt, now)))),
    rows.map(({ now }) => printInstant(now)),
    rows.map(({ leaveBy }) => (leaveBy === undefined ? null : printInstant(leaveBy))),
    live.bundle,
  ]);
  return rows.length;
}

/** Ten places a purpose: room for the priorities of its journeys. */
function rankOf({ workspace }: LiveJourneys, purpose: string): number {
  return (workspace.policy.purposes.get(purpose)?.rank ?? 0) * 10 + 5;
}

function fallback(attempt: Attempt, now: Instant): object {
  return { channel: attempt.channel, address: attempt.to, content: stored(attempt, now) };
}

/** An e-mail waits as what its template saw: the sender renders it when it leaves. */
function stored({ content, context, clock }: Attempt, now: Instant): object {
  switch (content.channel) {
    case 'sms':
      return { text: content.text, parts: content.parts };
    case 'email':
      return { context, now, ...clock };
  }
}
