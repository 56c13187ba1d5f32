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
