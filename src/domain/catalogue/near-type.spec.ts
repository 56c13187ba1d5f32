import { nearType } from './near-type.js';

const known = [
  'consent.granted',
  'consent.withdrawn',
  'credit.redeemed',
  'customer.merged',
  'customer.updated',
  'message.received',
  'purchase.completed',
  'task.done',
];

describe('the event type that was meant', () => {
  it.each([
    ['consent.given', 'consent.granted'],
    ['consent.revoked', 'consent.withdrawn'],
    ['consent.opted_out', 'consent.withdrawn'],
    ['customer.created', 'customer.updated'],
    ['customer.signed_up', 'customer.updated'],
    ['credit.used', 'credit.redeemed'],
    ['task.completed', 'task.done'],
    ['purchase.done', 'purchase.completed'],
  ])('says the same in another word: %s', (written, meant) => {
    expect(nearType(written, known)).toBe(meant);
  });

  it('is spelt alike', () => {
    expect(nearType('consent.grantd', known)).toBe('consent.granted');
    expect(nearType('purchase-completed', known)).toBe('purchase.completed');
  });

  it('is none where neither is so', () => {
    expect(nearType('shop.visited', known)).toBeUndefined();
    expect(nearType('order.done', known)).toBeUndefined();
    expect(nearType('', known)).toBeUndefined();
  });
});
