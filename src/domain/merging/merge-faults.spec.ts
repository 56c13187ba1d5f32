import { mergeFaults, mergeOf, whyNoId } from './merge-faults.js';

describe('an event that merges two customers', () => {
  const told = (subject: string, data: Parameters<typeof mergeFaults>[2]) =>
    mergeFaults('customer.merged', subject, data).map(({ place, message }) => `${place} ${message}`);

  it.each(['a', 'b', ''])('is of either of the two: %s', (subject) => {
    expect(told(subject, { from: 'a', into: 'b' })).toEqual([]);
  });

  it.each([
    [
      'a',
      { from: 'a', into: 'a' },
      'data.into is the same customer as data.from; name two, the one that stays as data.into',
    ],
    ['c', { from: 'a', into: 'b' }, 'subject is neither of the two; set it to data.into'],
    ['a', { from: '', into: 'a' }, "data.from is empty; set it to a customer's id"],
    ['a', { from: 'a', into: 'x'.repeat(257) }, "data.into has 257 characters; a customer's id has at most 256"],
    ['a', { from: 'a\n', into: 'b' }, 'data.from has a control character in it; take it out'],
  ])('of %s with %j is refused', (subject, data, why) => {
    expect(told(subject, data)).toEqual([why]);
  });

  it('is told by the catalogue what is missing and what is no text', () => {
    expect([told('a', { from: 1 }), told('a', {}), told('a', null), told('a', [])]).toEqual([[], [], [], []]);
  });

  it('is of its type', () => {
    expect(mergeFaults('visit', 'c', { from: 'a', into: 'a' })).toEqual([]);
    expect(mergeOf({ type: 'visit', data: { from: 'a', into: 'b' } })).toBeUndefined();
    expect(mergeOf({ type: 'customer.merged', data: { from: 'a', into: 'b', by: 'c' } })).toEqual({
      from: 'a',
      into: 'b',
    });
    expect(mergeOf({ type: 'customer.merged', data: { from: 'a' } })).toBeUndefined();
  });

  it('may name anybody whom an event may be about', () => {
    expect([whyNoId('گل'), whyNoId('x'.repeat(256)), whyNoId('\ud800')]).toEqual([
      ...[undefined, undefined, 'has a control character in it; take it out'],
    ]);
  });
});
