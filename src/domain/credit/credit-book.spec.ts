import {
  balanceAt,
  emptyBook,
  findGrant,
  firstToGo,
  nextExpiry,
  redeemed,
  restAt,
  runOut,
  withGrant,
  withLess,
  type CreditBook,
  type Grant,
} from './credit-book.js';

const grant = (id: string, amount: number, expiresAt?: number): Grant => ({
  ...{ id, journey: 'test', key: undefined, step: 'grant', amount, rest: amount, grantedAt: 0, expiresAt },
});
const bookOf = (...grants: readonly Grant[]): CreditBook => grants.reduce(withGrant, emptyBook);
const rests = ({ grants }: CreditBook): Readonly<Record<string, number>> =>
  Object.fromEntries(grants.map(({ id, rest }) => [id, rest]));

/** The one that lasts was given first. */
const three = bookOf(grant('lasts', 100), grant('late', 50, 20), grant('soon', 30, 10));

describe('what can be spent', () => {
  it('is what is left of all grants until the instant at which each expires', () => {
    expect([0, 9, 10, 19, 20].map((now) => balanceAt(three, now))).toEqual([180, 180, 150, 150, 100]);
    expect(balanceAt(emptyBook, 0)).toBe(0);
  });

  it('is known of each grant', () => {
    expect([9, 10].map((now) => restAt(grant('soon', 30, 10), now))).toEqual([30, 0]);
    expect(findGrant(three, 'late')?.amount).toBe(50);
    expect(findGrant(three, 'never')).toBeUndefined();
  });
});

describe('a redemption', () => {
  it('takes of what expires first, and of what lasts in the end', () => {
    expect(rests(redeemed(three, 40, 'r', 5))).toEqual({ soon: 0, late: 40, lasts: 100 });
    expect(rests(redeemed(three, 100, 'r', 5))).toEqual({ soon: 0, late: 0, lasts: 80 });
    expect(rests(redeemed(three, 30, 'r', 5))).toEqual({ soon: 0, late: 50, lasts: 100 });
  });

  it('takes of the older where two expire at one instant', () => {
    const book = bookOf(grant('a', 10, 20), grant('b', 10, 20), grant('c', 10), grant('d', 10));
    expect(rests(redeemed(book, 15, 'r', 5))).toEqual({ a: 0, b: 5, c: 10, d: 10 });
    expect(rests(redeemed(book, 25, 'r', 5))).toEqual({ a: 0, b: 0, c: 5, d: 10 });
  });

  it('takes nothing of what has expired, and never more than there is', () => {
    expect(rests(redeemed(three, 40, 'r', 10))).toEqual({ soon: 30, late: 10, lasts: 100 });
    const spent = redeemed(three, 1_000, 'r', 5);
    expect(rests(spent)).toEqual({ soon: 0, late: 0, lasts: 0 });
    expect(balanceAt(spent, 5)).toBe(0);
  });

  it('gives nothing where the amount is below zero', () => {
    expect(rests(redeemed(three, -5, 'r', 5))).toEqual(rests(three));
  });

  it('counts once for its reference', () => {
    const once = redeemed(three, 40, 'r', 5);
    expect(redeemed(once, 40, 'r', 6)).toBe(once);
    expect(balanceAt(redeemed(once, 40, 'other', 6), 6)).toBe(100);
  });
});

describe('a grant', () => {
  it('loses no more than is left of it, and nothing of the others', () => {
    expect(rests(withLess(three, 'soon', 10))).toEqual({ soon: 20, late: 50, lasts: 100 });
    expect(rests(withLess(three, 'soon', 40))).toEqual({ soon: 0, late: 50, lasts: 100 });
  });

  it('stands in the order of its end as long as something is left of it', () => {
    const order = (book: CreditBook, now: number) => firstToGo(book, now).map(({ id }) => id);
    expect(order(three, 5)).toEqual(['soon', 'late', 'lasts']);
    expect(order(three, 10)).toEqual(['late', 'lasts']);
    expect(order(bookOf(grant('soon', 1, 10), grant('lasts', 1), grant('late', 1, 20)), 5)).toEqual([
      'soon',
      'late',
      'lasts',
    ]);
    expect(order(withLess(three, 'late', 50), 5)).toEqual(['soon', 'lasts']);
  });

  it('has run out at its end, if something was left', () => {
    const ids = (book: CreditBook, now: number) => runOut(book, now).map(({ id }) => id);
    expect([9, 10, 20].map((now) => ids(three, now))).toEqual([[], ['soon'], ['late', 'soon']]);
    expect(ids(withLess(three, 'soon', 30), 20)).toEqual(['late']);
  });

  it('runs out next, the first of those with something left', () => {
    expect(nextExpiry(three)).toBe(10);
    expect(nextExpiry(withLess(three, 'soon', 30))).toBe(20);
    expect(nextExpiry(bookOf(grant('lasts', 5)))).toBeUndefined();
    expect(nextExpiry(bookOf(grant('a', 5, 10), grant('b', 5, 10), grant('c', 5, 30)))).toBe(10);
  });
});
