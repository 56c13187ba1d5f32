import type { ChannelName } from '../domain/message/message.js';
import { genericInbound } from './generic-inbound.js';
import { createInbounds } from './inbounds.js';

const hear = (body: unknown, channel: ChannelName = 'instagram') =>
  genericInbound(channel).hear({ method: 'POST', query: {}, headers: {}, body });

describe('the form of our own', () => {
  it('tells receipts by the id of whoever sent, or by ours', () => {
    expect(hear({ kind: 'receipt', provider_id: 'p1', status: 'delivered' })).toEqual([
      { kind: 'receipt', providerId: 'p1', status: 'delivered', reason: undefined },
    ]);
    expect(hear({ kind: 'receipt', message_id: 4096, status: 'failed', reason: 'gone' })).toEqual([
      { kind: 'own_receipt', messageId: '4096', status: 'failed', reason: 'gone' },
    ]);
  });

  it('tells replies from an address as customers have it', () => {
    const reply = { kind: 'reply', id: 'r1', from: ' 0912 123 4567 ', text: 'سلام' };
    expect(hear(reply, 'whatsapp')).toEqual([{ kind: 'reply', id: 'r1', from: '+989121234567', text: 'سلام' }]);
    expect(hear({ ...reply, from: 'Sara@Example.COM' }, 'email')).toMatchObject([{ from: 'Sara@example.com' }]);
    expect(hear({ ...reply, from: ' sara ' })).toMatchObject([{ from: 'sara' }]);
    expect(hear([reply, { ...reply, id: 'r2' }], 'voice')).toHaveLength(2);
  });

  it.each([
    undefined,
    'x',
    [],
    {},
    { kind: 'receipt', provider_id: 'p1', status: 'clicked' },
    { kind: 'receipt', status: 'delivered' },
    { kind: 'receipt', message_id: 'x1', status: 'delivered' },
    { kind: 'reply', id: '', from: 'sara', text: 'x' },
    { kind: 'reply', id: 'r1', from: ' ', text: 'x' },
    { kind: 'reply', id: 'r1', from: 'sara' },
    [{ kind: 'reply', id: 'r1', from: 'sara', text: 'x' }, {}],
  ])('does not understand %j', (body) => {
    expect(hear(body)).toBeUndefined();
  });

  it('does not take what is no phone number for one', () => {
    expect(hear({ kind: 'reply', id: 'r1', from: 'sara', text: 'x' }, 'sms')).toBeUndefined();
  });
});

it('there is a way back for every channel, and each says what it understands or has a form of its provider', () => {
  const inbounds = createInbounds();
  expect([...inbounds.values()].every((list) => list.length > 0)).toBe(true);
  const withoutOurs = [...inbounds].filter(([, list]) => list.every(({ form }) => form === undefined));
  expect(withoutOurs.map(([channel]) => channel)).toEqual(['telegram', 'bale']);
});
