import type { Heard } from '../channels/inbound.js';
import type { ChannelName } from '../domain/message/message.js';
import type { IncomingEvent } from '../intake/intake.js';
import type { Connection } from '../store/connection.js';
import { placeReplies } from '../store/receipts/place-replies.sql.js';
import { isName } from './names.js';
import { attributeOf, bornFrom } from './whose.js';

export type Reply = Extract<Heard, { kind: 'reply' }>;

/** Where replies came from. */
export interface Door {
  readonly channel: ChannelName;
  readonly provider: string;
}

/** The events of replies, in their order: each of its customer; of somebody new the address first. */
export async function replyEvents(
  connection: Connection,
  door: Door,
  replies: readonly Reply[],
): Promise<readonly IncomingEvent[]> {
  if (replies.length === 0) return [];
  const { channel, provider } = door;
  const rows = await connection.run(placeReplies, [
    replies.map(() => provider),
    replies.map(({ id }) => id),
    replies.map(() => channel),
    replies.map(({ from }) => from),
    replies.map(() => attributeOf(channel) ?? null),
    replies.map(({ from }) => bornFrom(channel, from)),
  ]);
  return rows.flatMap(({ place, customer_id: customer, is_new }) => {
    const reply = replies[place];
    if (reply === undefined) return [];
    const isBorn = is_new && customer === bornFrom(channel, reply.from);
    return [...(isBorn ? born(door, customer, reply) : []), received(door, customer, reply)];
  });
}

export function isReply({ id, from }: Reply): boolean {
  return isName(id) && isName(from);
}

/** Said once of each address: what the business says of it later is not undone by another reply. */
function born({ channel, provider }: Door, customer: string, { from }: Reply): readonly IncomingEvent[] {
  const attribute = attributeOf(channel);
  if (attribute === undefined) return [];
  const source = sourceOf({ provider });
  const data = { [attribute]: from };
  return [{ id: `first/${from}`, source, type: 'customer.updated', customer, time: undefined, data }];
}

/** The text is kept whole; what neither Postgres nor JSON can keep is replaced. */
export function received({ channel, provider }: Door, customer: string, { id, from, text }: Reply): IncomingEvent {
  const data = { channel, from, text: text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD') };
  return { id, source: sourceOf({ provider }), type: 'message.received', customer, time: undefined, data };
}

export function sourceOf({ provider }: Pick<Door, 'provider'>): string {
  return `/hooks/${provider}`;
}
