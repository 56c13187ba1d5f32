import fc from 'fast-check';
import { find, findLast, splitAt } from './search.js';

/** Long enough, over few letters, that both the engine's search and our own are taken. */
const long = fc.tuple(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 }), fc.integer({ min: 1, max: 900 }));
const text = long.map(([part, times]) => part.repeat(times));
const part = fc.oneof(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 }));

describe('searching a text', () => {
  it("finds what the engine's own search finds", () => {
    fc.assert(
      fc.property(text, part, fc.nat({ max: 50 }), (whole, sought, from) => {
        expect(find(whole, sought, from)).toBe(whole.indexOf(sought, from));
        expect(findLast(whole, sought)).toBe(whole.lastIndexOf(sought));
      }),
    );
  });

  it.each([
    ['a'.repeat(900) + 'b', 'a'.repeat(1_500) + 'b'],
    ['aab'.repeat(300) + 'aaab', 'aab'.repeat(400) + 'aaab' + 'aab'.repeat(300) + 'aaab'],
    ['aabaaab'.repeat(100), 'aabaaabaab'.repeat(90) + 'aabaaab'.repeat(250)],
    ['abab'.repeat(200) + 'abac', 'abab'.repeat(400) + 'abac' + 'abab'.repeat(210) + 'abac'],
  ])('goes back as far as it has to and no further', (sought, whole) => {
    expect(find(whole, sought)).toBe(whole.indexOf(sought));
    expect(find(whole, sought, 300)).toBe(whole.indexOf(sought, 300));
    expect(findLast(whole, sought)).toBe(whole.lastIndexOf(sought));
    expect(find(whole, `${sought}c`)).toBe(-1);
    expect(splitAt(whole, sought, Infinity)).toEqual(whole.split(sought));
  });

  it('splits as the engine does', () => {
    fc.assert(
      fc.property(text, part, (whole, separator) => {
        expect(splitAt(whole, separator, Infinity)).toEqual(whole.split(separator));
      }),
    );
  });

  it('keeps the rest in the last piece', () => {
    expect(splitAt('a-b-c', '-', 2)).toEqual(['a', 'b-c']);
    expect(splitAt('a-b-c', '-', 1)).toEqual(['a-b-c']);
  });
});
