import type { Claimed } from './claimed.js';
import { Hand } from './hand.js';
import { Lease, systemClock } from './sender-clock.js';

const lease = new Lease('t', 60_000, systemClock);

function claimed(id: number, given: Partial<Claimed> = {}): Claimed {
  return {
    ...{ id, customer: 'ali', journey: 'j', template: 't', bundle: 1, purpose: 'news', channel: 'sms', provider: 'p' },
    ...{ address: `+98912${String(id)}`, content: { text: 'یک متن', parts: 1 }, fallbacks: null, attempts: 1 },
    ...{ cameAt: 0, leaveBy: undefined, notAfter: undefined, lease, probe: false, ...given },
  };
}

function ids(messages: readonly Claimed[]): number[] {
  return messages.map(({ id }) => id);
}

describe('what a lane has in hand', () => {
  it('is taken in order, messages of one text together, at most so many', () => {
    const hand = new Hand();
    hand.put([claimed(1), claimed(2, { content: { text: 'دیگر', parts: 1 } }), claimed(3)]);
    hand.put([claimed(4), claimed(5)]);
    expect(ids(hand.take(3))).toEqual([1, 3, 4]);
    expect(ids(hand.take(3))).toEqual([2]);
    expect(ids(hand.take(3))).toEqual([5]);
    expect(hand.take(3)).toEqual([]);
    expect(hand.size).toBe(0);
  });

  it('is taken one by one where the provider takes no more', () => {
    const hand = new Hand();
    hand.put([claimed(1), claimed(2)]);
    expect([ids(hand.take(1)), ids(hand.take(1))]).toEqual([[1], [2]]);
  });

  it.each<[string, Partial<Claimed>]>([
    ['a registered text', { content: { text: 'یک متن', parts: 1, lookup: 'a' } }],
    ['another channel', { channel: 'email', content: { context: {} } }],
    ['a probe', { probe: true }],
    ['what cannot be read', { content: { text: 5 } }],
  ])('goes by itself: %s', (_, given) => {
    const hand = new Hand();
    hand.put([claimed(1, given), claimed(2, given), claimed(3)]);
    expect([ids(hand.take(9)), ids(hand.take(9)), ids(hand.take(9))]).toEqual([[1], [2], [3]]);
  });

  it('goes to an address once a call', () => {
    const hand = new Hand();
    hand.put([claimed(1), claimed(2, { address: 'same' }), claimed(3, { address: 'same' })]);
    expect([ids(hand.take(9)), ids(hand.take(9))]).toEqual([[1, 2], [3]]);
  });

  it('goes first, in halves, when a call for many was refused', () => {
    const hand = new Hand();
    hand.put([1, 2, 3, 4, 5, 6].map((id) => claimed(id)));
    hand.putHalves(hand.take(5));
    expect(hand.size).toBe(6);
    const first = hand.take(9);
    expect(ids(first)).toEqual([1, 2, 3]);
    hand.putHalves(first);
    expect([ids(hand.take(9)), ids(hand.take(9)), ids(hand.take(9))]).toEqual([[1, 2], [3], [4, 5]]);
    expect([ids(hand.take(9)), hand.size]).toEqual([[6], 0]);
  });

  it('can be taken out of a half', () => {
    const hand = new Hand();
    hand.putHalves([claimed(1), claimed(2), claimed(3)]);
    expect(ids(hand.remove(({ id }) => id > 1))).toEqual([2, 3]);
    expect([ids(hand.take(9)), ids(hand.take(9))]).toEqual([[1], []]);
  });

  it('goes first and by itself when a call for two was refused', () => {
    const hand = new Hand();
    hand.put([claimed(1), claimed(2), claimed(3)]);
    hand.putHalves(hand.take(2));
    expect([ids(hand.take(9)), ids(hand.take(9)), ids(hand.take(9))]).toEqual([[1], [2], [3]]);
  });

  it('can be taken out, and what is left still goes together', () => {
    const hand = new Hand();
    hand.put([claimed(1), claimed(2), claimed(3)]);
    hand.adopt([claimed(4), claimed(5)]);
    expect(ids(hand.remove(({ id }) => id === 2 || id === 4))).toEqual([2, 4]);
    expect(hand.remove(() => false)).toEqual([]);
    expect(ids(hand.take(9))).toEqual([1, 3]);
    expect([hand.waitingForTokens, hand.putAdopted(9), hand.size]).toEqual([1, 1, 1]);
  });
});
