import { judge, settle } from './position.js';

describe('judging a fetch', () => {
  it('decides what begins where Postgres says, in any state', () => {
    for (const state of ['opened', 'sought', 'following'] as const)
      expect(judge({ next: 5n, state }, 5n, 9n)).toBe('decide');
  });

  it('seeks where the fetch was under way before the first seek', () => {
    expect(judge({ next: 5n, state: 'opened' }, 2n, 9n)).toBe('seek');
  });

  it('asks the broker when a fetch comes from behind though it was sought or followed: the offset was out of range', () => {
    expect(judge({ next: 5n, state: 'sought' }, 0n, 9n)).toEqual({ ask: 'reset' });
    expect(judge({ next: 5n, state: 'following' }, 0n, 9n)).toEqual({ ask: 'reset' });
  });

  it('asks the broker when the partition ends before the offset', () => {
    expect(judge({ next: 5n, state: 'opened' }, 0n, 3n)).toEqual({ ask: 'reset' });
  });

  it('takes a gap right after a seek as natural, and asks about any other', () => {
    expect(judge({ next: 5n, state: 'sought' }, 8n, 9n)).toBe('decide');
    expect(judge({ next: 5n, state: 'opened' }, 8n, 9n)).toEqual({ ask: 'gap' });
    expect(judge({ next: 5n, state: 'following' }, 8n, 9n)).toEqual({ ask: 'gap' });
  });
});

describe('settling with what the broker has', () => {
  it('stays where the offset is still there', () => {
    expect(settle(5n, { low: 0n, high: 9n }, false)).toEqual({ kind: 'stay' });
    expect(settle(9n, { low: 9n, high: 9n }, false)).toEqual({ kind: 'stay' });
  });

  it('counts what retention deleted', () => {
    expect(settle(5n, { low: 12n, high: 20n }, false)).toEqual({ kind: 'missed', to: 12n, count: 7n });
    expect(settle(5n, { low: 12n, high: 20n }, true)).toEqual({ kind: 'missed', to: 12n, count: 7n });
  });

  it('starts over on a topic that ends before the offset, or that did not have it', () => {
    expect(settle(50n, { low: 0n, high: 3n }, false)).toEqual({ kind: 'recreated', to: 0n });
    expect(settle(50n, { low: 0n, high: 90n }, true)).toEqual({ kind: 'recreated', to: 0n });
  });
});
