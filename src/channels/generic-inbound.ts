import { normaliseEmail, normalisePhone } from '../domain/message/address.js';
import type { ChannelName } from '../domain/message/message.js';
import { nearest } from '../domain/did-you-mean.js';
import type { Heard, HookFault, Inbound } from './inbound.js';
import { fieldsOf, type Fields } from './inbound-fields.js';

const form =
  'expected JSON: {"kind": "receipt", "provider_id" (or our "message_id"), "status": "delivered" or "failed"} or {"kind": "reply", "id", "from", "text"}';

/** The form of our own, one object or a list, for senders that we have no folder for. It stands for every provider of its channel. */
export function genericInbound(channel: ChannelName): Inbound {
  return {
    channel,
    provider: channel,
    form,
    hear: ({ body }) => {
      const items: readonly unknown[] = Array.isArray(body) ? body : [body];
      const heard = items.map((item) => hearOne(channel, fieldsOf(item)));
      return heard.length > 0 && heard.every((one) => one !== undefined) ? heard : undefined;
    },
    whyNot: (item) => faultOf(channel, item),
  };
}

function hearOne(channel: ChannelName, fields: Fields): Heard | undefined {
  switch (fields.get('kind')) {
    case 'receipt':
      return receipt(fields);
    case 'reply':
      return reply(channel, fields);
    default:
      return undefined;
  }
}

function receipt(fields: Fields): Heard | undefined {
  const status = fields.get('status');
  if (status !== 'delivered' && status !== 'failed') return undefined;
  const what = { status, reason: fields.get('reason') } as const;
  const messageId = fields.get('message_id');
  const providerId = fields.get('provider_id');
  if (providerId !== undefined && providerId !== '') return { kind: 'receipt', providerId, ...what };
  return messageId !== undefined && /^\d{1,16}$/.test(messageId)
    ? { kind: 'own_receipt', messageId, ...what }
    : undefined;
}

function reply(channel: ChannelName, fields: Fields): Heard | undefined {
  const id = fields.get('id') ?? '';
  const from = addressIn(channel, fields.get('from') ?? '');
  const text = fields.get('text');
  if (id === '' || from === undefined || text === undefined) return undefined;
  return { kind: 'reply', id, from, text };
}

/** As a customer has it. */
function addressIn(channel: ChannelName, from: string): string | undefined {
  switch (channel) {
    case 'sms':
    case 'voice':
    case 'whatsapp':
      return normalisePhone(from);
    case 'email':
      return normaliseEmail(from);
    default:
      return from.trim() === '' ? undefined : from.trim();
  }
}

function faultOf(channel: ChannelName, item: unknown): HookFault | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return { field: '', message: `is no object; ${form}` };
  const fields = fieldsOf(item);
  switch (fields.get('kind')) {
    case 'receipt':
      return faultOfReceipt(fields);
    case 'reply':
      return faultOfReply(channel, fields);
    default:
      return oneOf('kind', fields, ['receipt', 'reply']);
  }
}

function faultOfReceipt(fields: Fields): HookFault | undefined {
  const status = fields.get('status');
  if (status !== 'delivered' && status !== 'failed') return oneOf('status', fields, ['delivered', 'failed']);
  if (!fields.has('message_id')) return { field: 'provider_id', message: 'is missing; give it, or our own message_id' };
  return {
    field: 'message_id',
    message: `is ${shown(fields.get('message_id'))}; expected our own number of the message`,
  };
}

function faultOfReply(channel: ChannelName, fields: Fields): HookFault | undefined {
  if ((fields.get('id') ?? '') === '')
    return { field: 'id', message: "is missing; give the reply's own, the same each time" };
  if (addressIn(channel, fields.get('from') ?? '') === undefined)
    return { field: 'from', message: `is ${shown(fields.get('from'))}; expected an address of ${channel}` };
  return { field: 'text', message: 'is missing; expected what was written, as a text' };
}

function oneOf(field: string, fields: Fields, words: readonly [string, string]): HookFault {
  const word = fields.get(field);
  const near = word === undefined ? undefined : nearest(word, words);
  const remedy = near === undefined ? `expected "${words.join('" or "')}"` : `did you mean "${near}"?`;
  return { field, message: `is ${shown(word)}; ${remedy}` };
}

function shown(text: string | undefined): string {
  return text === undefined || text === '' ? 'missing' : JSON.stringify(text.slice(0, 50));
}
