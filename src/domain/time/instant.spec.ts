import fc from 'fast-check';
import { printInstant } from './instant.js';

describe('a printed instant', () => {
  it('is what Date prints, at any instant that it knows', () => {
    const range = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
    fc.assert(
      fc.property(range, fc.integer({ min: -90_000_000, max: 90_000_000 }), (instant, later) => {
        // The second is mostly of the same day or its neighbour, which is remembered.
        for (const at of [instant, Math.max(-8.64e15, Math.min(8.64e15, instant + later))]) {
          expect(printInstant(at)).toBe(new Date(at).toISOString());
        }
      }),
    );
  });

  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [86_399_999, '1970-01-01T23:59:59.999Z'],
    [86_400_000, '1970-01-02T00:00:00.000Z'],
  ])('of %d is %s', (instant, text) => {
    expect(printInstant(instant)).toBe(text);
  });

  it('is refused where there is none', () => {
    expect(() => printInstant(NaN)).toThrow(RangeError);
    expect(() => printInstant(8.64e15 + 86_400_000)).toThrow(RangeError);
  });
});
