import { costOf, countedOf, noContacts, withContact, withOutcome } from './contacts.js';

const contacts = withContact(
  withContact(withContact(noContacts, { message: 'a', at: 1, purpose: 'news' }), {
    ...{ message: 'b', at: 2, purpose: 'news', repeats: true },
  }),
  { message: 'c', at: 3, purpose: 'orders' },
);

describe('the messages that caps count', () => {
  it('are those of the purpose, without the same question again', () => {
    expect(countedOf(contacts, 'news')).toEqual([1]);
    expect(countedOf(contacts, 'orders')).toEqual([3]);
  });

  it('are no longer those that failed on every channel', () => {
    const failed = withOutcome(contacts, { message: 'a', result: 'failed', cost: 0 });
    expect(countedOf(failed, 'news')).toEqual([]);
    expect(countedOf(failed, 'orders')).toEqual([3]);
    expect(countedOf(withOutcome(contacts, { message: 'a', result: 'accepted', cost: 5 }), 'news')).toEqual([1]);
  });

  it('count again once a channel took what had failed, and are the very same list where nothing is new', () => {
    const failed = withOutcome(contacts, { message: 'a', result: 'failed', cost: 0 });
    expect(countedOf(withOutcome(failed, { message: 'a', result: 'accepted', cost: 0 }), 'news')).toEqual([1]);
    expect(withOutcome(failed, { message: 'c', result: 'accepted', cost: 0 })).toBe(failed);
  });

  it('go on being repeats once they are settled', () => {
    expect(countedOf(withOutcome(contacts, { message: 'b', result: 'accepted', cost: 5 }), 'news')).toEqual([1]);
  });
});

describe('what messages cost', () => {
  const paid = [
    { message: 'a', cost: 5 },
    { message: 'a', cost: 2 },
    { message: 'c', cost: 10 },
  ].reduce((all, { message, cost }) => withOutcome(all, { message, result: 'accepted', cost }), contacts);

  it('is counted after the start, up to the end, on every channel', () => {
    expect(costOf(paid, undefined, 3)).toBe(17);
    expect(costOf(paid, 0, 2)).toBe(7);
    expect(costOf(paid, 1, 3)).toBe(10);
    expect(costOf(paid, 0, 1)).toBe(7);
    expect(costOf(contacts, undefined, 3)).toBe(0);
  });
});
