import type { HookRequest } from '../inbound.js';
import { kavenegarInbound } from './inbound.js';

const inbound = kavenegarInbound('sms');
const hear = (request: Partial<HookRequest>) =>
  inbound.hear({ method: 'GET', query: {}, headers: {}, body: undefined, ...request });

describe('what Kavenegar calls back with', () => {
  it.each([
    ['delivered', 10, [{ kind: 'receipt', providerId: '8792343', status: 'delivered' }]],
    ['failed', 6, [{ kind: 'receipt', providerId: '8792343', status: 'failed', reason: 'failed' }]],
    ['undelivered', 11, [{ kind: 'receipt', providerId: '8792343', status: 'failed', reason: 'undelivered' }]],
    ['cancelled', 13, [{ kind: 'receipt', providerId: '8792343', status: 'failed', reason: 'cancelled' }]],
    ['blocked', 14, [{ kind: 'receipt', providerId: '8792343', status: 'failed', reason: 'blocked by the receiver' }]],
    ['queued', 1, []],
    ['with the operator', 5, []],
    ['not known', 100, []],
  ])('%s (%i) is a receipt, or nothing while it is under way', (_, status, heard) => {
    expect(hear({ query: { messageid: '8792343', status: String(status) } })).toEqual(heard);
    expect(hear({ method: 'POST', body: { MessageId: 8_792_343, Status: status } })).toEqual(heard);
  });

  it.each([
    ['a query', { query: { from: '09121234567', to: '10004346', message: 'سلام', messageid: '7' } }],
    ['a form', { body: { FROM: '989121234567', TO: '10004346', MESSAGE: 'سلام', MESSAGEID: '7' } }],
    ['JSON', { body: { from: '+989121234567', to: 10_004_346, message: 'سلام', messageId: 7 } }],
    ['both', { query: { messageid: '7', to: '10004346' }, body: { from: '9121234567', message: 'سلام' } }],
    ['a list', { body: [{ from: '00989121234567', to: '10004346', message: 'سلام', messageid: '7' }] }],
  ])('a reply by %s is of its number as customers have it', (_, request) => {
    expect(hear(request)).toEqual([{ kind: 'reply', id: '7', from: '+989121234567', text: 'سلام', line: '10004346' }]);
  });

  it('an empty reply is one, and a sender without a number is nobody', () => {
    expect(hear({ query: { from: '09121234567', message: '', messageid: '7' } })).toMatchObject([{ text: '' }]);
    expect(hear({ query: { from: 'BankMelli', message: 'x', messageid: '7' } })).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['an empty list', { body: [] }],
    ['an id alone', { query: { messageid: '7' } }],
    ['an id that is none', { query: { messageid: '7x', status: '10' } }],
    ['no id', { query: { status: '10' } }],
    ['a status that is none', { query: { messageid: '7', status: 'ten' } }],
    ['a status that nobody knows', { query: { messageid: '7', status: '77' } }],
    ['a text', { body: 'messageid=7' }],
    ['a list with something else in it', { body: [{ messageid: '7', status: '10' }, 'x'] }],
    ['an id inside an object', { body: { messageid: { id: 7 }, status: 10 } }],
  ])('%s makes no sense', (_, request) => {
    expect(hear(request)).toBeUndefined();
  });
});
