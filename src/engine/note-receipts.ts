import { messagesSource } from '../domain/journey/message-outcome.js';
import { printInstant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { hearReplies } from '../store/engine/hear-replies.sql.js';
import { noteReceipts as note } from '../store/engine/note-receipts.sql.js';
import type { NumberedEvent } from './batch.js';

/** A provider has told what became of messages that it took: their rows say so from the same commit on. */
export async function noteReceipts(tx: Connection, events: readonly NumberedEvent[]): Promise<void> {
  const told = events.flatMap((one) => receiptOf(one) ?? []);
  if (told.length === 0) return;
  await tx.run(note, [
    told.map(({ customer }) => customer),
    told.map(({ message }) => message),
    told.map(({ channel }) => channel),
    told.map(({ receipt }) => receipt),
    told.map(({ at }) => at),
  ]);
}

/** Customers have written: what they were sent where they wrote needs no receipt any more. */
export async function noteReplies(tx: Connection, events: readonly NumberedEvent[]): Promise<void> {
  const heard = events.flatMap(({ customer, event: { type, data } }) => {
    const { channel } = data;
    return type === 'message.received' && typeof channel === 'string' ? [{ customer, channel }] : [];
  });
  if (heard.length === 0) return;
  await tx.run(hearReplies, [heard.map(({ customer }) => customer), heard.map(({ channel }) => channel)]);
}

/** Failures that the outbox itself tells of (whether it was the `last` channel) have settled their message already. */
function receiptOf({ customer, event: { type, source, arrival, data } }: NumberedEvent) {
  const receipt = receipts.get(type);
  const { message_id: message, channel } = data;
  if (receipt === undefined || source !== messagesSource || 'last' in data) return undefined;
  if (typeof message !== 'string' || !/^\d{1,16}$/.test(message) || typeof channel !== 'string') return undefined;
  return { customer, message, channel, receipt, at: printInstant(arrival) };
}

const receipts: ReadonlyMap<string, 'delivered' | 'failed'> = new Map([
  ['message.delivered', 'delivered'],
  ['message.failed', 'failed'],
]);
