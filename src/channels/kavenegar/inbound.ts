import { normalisePhone } from '../../domain/message/address.js';
import type { ChannelName } from '../../domain/message/message.js';
import type { Heard, HookFault, HookRequest, Inbound } from '../inbound.js';
import { fieldsOf, type Fields } from '../inbound-fields.js';
import { whyUndeliverable } from './statuses.js';

const delivered = 10;
/** Queued, scheduled, with the operator: nothing has come of it yet. 100: it is not known there. */
const underWay: ReadonlySet<number> = new Set([1, 2, 4, 5, 50, 100]);

/**
 * What Kavenegar calls back with, as far as public receivers show it: `messageid, status` of a message, and `from, to, message,
 * messageid` of a reply; as a query, a form or JSON, with keys in any case.
 */
export function kavenegarInbound(channel: ChannelName): Inbound {
  return {
    channel,
    provider: 'kavenegar',
    hear: (request) => {
      const heard = itemsOf(request).map(hearOne);
      return heard.every((one) => one !== undefined) && heard.length > 0 ? heard.flat() : undefined;
    },
    whyNot: (item) => faultOf(fieldsOf(item)),
  };
}

/** Of a list each by itself; else what stands in the query and in the body together. */
function itemsOf({ query, body }: HookRequest): readonly Fields[] {
  if (Array.isArray(body)) return body.map((item) => fieldsOf(item));
  return [new Map([...fieldsOf(query), ...fieldsOf(body)])];
}

function hearOne(fields: Fields): readonly Heard[] | undefined {
  const id = fields.get('messageid');
  if (id === undefined || !/^\d{1,20}$/.test(id)) return undefined;
  const text = fields.get('message');
  if (fields.has('from') && text !== undefined) return reply(id, fields, text);
  return receipt(id, fields.get('status'));
}

/** Without an id of its own it is somebody else's. */
function faultOf(fields: Fields): HookFault | undefined {
  const [id, status] = [fields.get('messageid'), fields.get('status')];
  if (id === undefined) return undefined;
  if (!/^\d{1,20}$/.test(id))
    return { field: 'messageid', message: `is ${JSON.stringify(id.slice(0, 50))}; expected a whole number` };
  const came = status === undefined ? 'missing' : JSON.stringify(status.slice(0, 50));
  return { field: 'status', message: `is ${came}; expected a number that Kavenegar documents, such as 10` };
}

function receipt(providerId: string, written: string | undefined): readonly Heard[] | undefined {
  if (written === undefined || !/^\d{1,4}$/.test(written)) return undefined;
  const status = Number(written);
  if (status === delivered) return [{ kind: 'receipt', providerId, status: 'delivered' }];
  const reason = whyUndeliverable(status);
  if (reason !== undefined) return [{ kind: 'receipt', providerId, status: 'failed', reason }];
  return underWay.has(status) ? [] : undefined;
}

/** A sender without a phone number (a bank, an operator) is nobody's customer. */
function reply(id: string, fields: Fields, text: string): readonly Heard[] {
  const from = normalisePhone(fields.get('from') ?? '');
  return from === undefined ? [] : [{ kind: 'reply', id, from, text, line: fields.get('to') }];
}
