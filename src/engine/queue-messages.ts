import type { Attempt, Queue } from '../domain/journey/decision.js';
import type { EmailContent, SmsContent } from '../domain/message/message.js';
import { addDuration } from '../domain/time/arithmetic.js';
import type { Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { insertMessages } from '../store/engine/insert-messages.sql.js';
import { takeMessageIds } from '../store/engine/take-message-ids.sql.js';
import type { LiveJourneys } from './live-journeys.js';
import { saveLinks } from './save-links.js';

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
  await tx.run(insertMessages, [
    messages.map((_, place) => taken.first + place),
    messages.map(({ message }) => message.customer),
    messages.map(({ message }) => message.journey),
    messages.map(({ message }) => message.enrolment),
    messages.map(({ message }) => message.key ?? null),
    messages.map(({ message }) => message.step),
    messages.map(({ message }) => message.template),
    messages.map(({ message }) => message.purpose),
    messages.map(({ message }) => rankOf(live, message)),
    messages.map(({ message }) => message.attempts[0].channel),
    messages.map(({ message }) => message.attempts[0].to),
    JSON.stringify(messages.map(({ message, now }) => stored(message.attempts[0], now))),
    JSON.stringify(messages.map(({ message, now }) => fallbacks(message.attempts, now))),
    messages.map(({ now }) => now),
    messages.map(({ message }) => message.leaveBy ?? null),
    live.bundle,
    messages.map(({ message }) => message.message),
    messages.map(({ message }) => message.awaited),
    messages.map(({ message }) => message.repeats === true),
    messages.map(({ message }) => message.notAfter ?? null),
    messages.map(({ message, now }) => fallbackMs(message, now)),
  ]);
  await saveLinks(tx, messages, taken.first);
  return messages.length;
}

/** Ten places a purpose, for the priorities of its journeys. */
function rankOf({ workspace, journeys }: LiveJourneys, { purpose, journey }: Queue): number {
  return (workspace.policy.purposes.get(purpose)?.rank ?? 0) * 10 + (journeys.named(journey)?.priority ?? 5);
}

/** How long a receipt is waited for; nothing where there is no channel to fall back on. */
function fallbackMs({ fallbackAfter, attempts: [first, ...others] }: Queue, now: Instant): number | null {
  if (fallbackAfter === undefined || others.length === 0) return null;
  return addDuration(now, fallbackAfter, first.clock) - now;
}

function fallbacks([, ...others]: Queue['attempts'], now: Instant): readonly object[] {
  return others.map((one) => ({ channel: one.channel, address: one.to, content: stored(one, now) }));
}

/** An e-mail waits as what its template saw: the sender renders it when it leaves. */
export function stored({ content, context, clock, links }: Attempt, now: Instant): object {
  switch (content.channel) {
    case 'sms':
      return storedSms(content);
    case 'email':
      return { context, now, zone: clock.zone, calendar: clock.calendar, ...storedLinks(content, links) };
    default:
      return content.buttons === undefined ? { text: content.text } : { text: content.text, buttons: content.buttons };
  }
}

/** The addresses that stand in it, so that it says the same whenever it is rendered. */
function storedLinks({ unsubscribe }: EmailContent, links: Attempt['links']): object {
  if (links === undefined) return {};
  const given = links.map(({ url, target }) => (target === undefined ? { url } : { url, target }));
  return unsubscribe === undefined ? { links: given } : { links: given, unsubscribe };
}

function storedSms({ text, parts, lookup, tokens }: SmsContent): object {
  if (lookup === undefined) return { text, parts };
  return tokens === undefined ? { text, parts, lookup } : { text, parts, lookup, tokens };
}
