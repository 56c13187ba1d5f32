import type { Heard } from '../../channels/inbound.js';
import { normalisePhone } from '../../domain/message/address.js';
import type { IncomingEvent } from '../../intake/intake.js';
import { followChatLink } from '../../store/chats/follow-chat-link.sql.js';
import { whoseContact } from '../../store/chats/whose-contact.sql.js';
import type { Connection } from '../../store/connection.js';
import { isName } from '../names.js';
import type { Door, Reply } from '../reply-events.js';
import { received, sourceOf } from '../reply-events.js';
import { attributeOf, bornFrom } from '../whose.js';
import { joiningEvents, type Joined } from './joining-events.js';
import { startCodeIn } from './start-code.js';

export type Contact = Extract<Heard, { kind: 'contact' }>;

/** What joins chats to customers, and the replies that do not. */
export interface Sorted {
  readonly events: readonly IncomingEvent[];
  readonly others: readonly Reply[];
  readonly joined: number;
  /** Came by a code that is nobody's, is another chat's, or has expired. */
  readonly strangers: number;
}

/**
 * Who comes by a link that was made for a customer is that customer, and so is who shares a phone of their own. A code that is worth
 * nothing is said as any other word is.
 */
export async function sortChats(
  connection: Connection,
  door: Door,
  replies: readonly Reply[],
  contacts: readonly Contact[],
): Promise<Sorted> {
  const events: IncomingEvent[] = [];
  const others: Reply[] = [];
  let [joined, strangers] = [0, 0];
  for (const reply of replies) {
    const code = isMessenger(door) ? startCodeIn(reply.text) : undefined;
    const found = code === undefined ? undefined : await byCode(connection, door, reply, code);
    if (found === undefined) others.push(reply);
    else
      events.push(
        ...joiningEvents(found, sourceOf(door)),
        received(door, found.customer, { ...reply, text: '/start' }),
      );
    if (code !== undefined && found === undefined) strangers += 1;
    if (found !== undefined) joined += 1;
  }
  for (const contact of contacts)
    events.push(...joiningEvents(await byPhone(connection, door, contact), sourceOf(door)));
  return { events, others, joined: joined + contacts.length, strangers };
}

/** Whether a contact is one that can be kept; its phone as it is kept. */
export function readContact(door: Door, contact: Contact): Contact | undefined {
  const phone = normalisePhone(contact.phone) ?? normalisePhone(`+${contact.phone}`);
  return phone !== undefined && isMessenger(door) && isName(contact.id) && isName(contact.from)
    ? { ...contact, phone }
    : undefined;
}

function isMessenger({ channel }: Door): boolean {
  return channel === 'telegram' || channel === 'bale';
}

async function byCode(
  connection: Connection,
  { channel }: Door,
  { from }: Reply,
  code: string,
): Promise<Joined | undefined> {
  const born = bornFrom(channel, from);
  const [row] = await connection.run(followChatLink, [code, channel, from, born]);
  if (row === undefined) return undefined;
  const { customer_id: customer, stranger } = row;
  return {
    customer,
    stranger: strangerOf(born, customer, stranger),
    known: chatOf(channel, from),
    by: `start/${code}`,
  };
}

/** Nobody with that phone: it is the phone of whoever has the chat. */
async function byPhone(connection: Connection, { channel }: Door, { id, from, phone }: Contact): Promise<Joined> {
  const born = bornFrom(channel, from);
  const [row] = await connection.run(whoseContact, [phone, from, channel, born]);
  const customer = row?.by_phone ?? row?.by_chat ?? born;
  const known = { phone, ...chatOf(channel, from) };
  return { customer, stranger: strangerOf(born, customer, row?.stranger === true), known, by: `contact/${id}` };
}

function chatOf(channel: Door['channel'], from: string): Record<string, string> {
  const attribute = attributeOf(channel);
  return attribute === undefined ? {} : { [attribute]: from };
}

function strangerOf(born: string, customer: string, isThere: boolean): string | undefined {
  return isThere && born !== customer ? born : undefined;
}
