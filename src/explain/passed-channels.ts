import type { Json } from '../domain/json.js';
import type { Instant } from '../domain/time/instant.js';
import type { KeptEvent } from '../store/explain/read-kept-events.sql.js';
import type { KeptMessageState } from '../store/explain/read-message-states.sql.js';

/** A channel that a message has gone on from, and why; `arrived`: a receipt came from there after all. */
export interface PassedChannel {
  readonly channel: string;
  readonly at: Instant;
  readonly why: 'failed' | 'no_receipt' | 'moved';
  readonly reason: string | undefined;
  readonly arrived: Instant | undefined;
}

/** A message with the story of its way until now. */
export interface ToldMessage extends Omit<KeptMessageState, 'passed'> {
  readonly passed: readonly PassedChannel[];
}

/** What failed was told of by an event; what a provider had taken and was left without one gave no receipt in time. */
export function withPassed(message: KeptMessageState, events: readonly KeptEvent[]): ToldMessage {
  const own = events.filter(({ data }) => isOf(message, data['message_id']));
  const of = (type: string, channel: string): KeptEvent | undefined =>
    own.find((event) => event.type === type && event.data['channel'] === channel);
  const left = message.passed.map(({ channel, at, accepted }): PassedChannel => {
    const failed = of('message.failed', channel);
    const arrived = of('message.delivered', channel)?.arrival;
    if (failed !== undefined) return { ...failure(failed), arrived };
    return { channel, at, why: accepted ? 'no_receipt' : 'moved', reason: undefined, arrived };
  });
  const known = new Set(left.map(({ channel }) => channel));
  // How a channel was left is forgotten sooner than what was told of it.
  const told = own.filter(({ type, data }) => type === 'message.failed' && typeof data['next'] === 'string');
  const others = told.map(failure).filter(({ channel }) => !known.has(channel));
  const passed = [...left, ...others].sort((a, b) => a.at - b.at);
  const isElsewhere = passed.some(({ arrived }) => arrived !== undefined) && !of('message.delivered', message.channel);
  return { ...message, ...(isElsewhere && { receipt: null, receipt_at: null }), passed };
}

/** What the outbox tells itself has it as a number. */
function isOf({ id }: KeptMessageState, named: Json | undefined): boolean {
  return named === id || named === String(id);
}

function failure({ data, arrival }: KeptEvent): PassedChannel {
  const { channel, reason } = data;
  return {
    channel: typeof channel === 'string' ? channel : '',
    at: arrival,
    why: 'failed',
    reason: typeof reason === 'string' ? reason : undefined,
    arrived: undefined,
  };
}
