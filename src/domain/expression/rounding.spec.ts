import fc from 'fast-check';
import { valueOf } from '../../../test/given/expression.js';
import { roundDown, withoutNoise } from './rounding.js';

describe('whole rials', () => {
  it.each([
    ['toman(1000) * 0.57', 5_700],
    ['toman(1000) * 0.57 == toman(570)', true],
    ['round_to(toman(1000) * 0.57, toman(10))', 5_700],
    ['round_to(toman(1234.5), toman(100))', 12_000],
    ['round_to(toman(-15), toman(10))', -200],
    ['round_to(0.3, 0.1) > 0.29', true],
    ['toman(0.57 * 100)', 570],
    ['toman(1000) * (1 - 0.9)', 1_000],
    ['toman(1) / 3 > toman(0.3)', true],
    ['round_to(toman(5), 0)', undefined],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  it('come out of any share of them as they do on paper', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 100 }), (tens, percent) => {
        expect(roundDown(tens * 100 * (percent / 100))).toBe(tens * percent);
      }),
    );
  });

  it('are never rounded up', () => {
    expect(withoutNoise(99.999_999)).toBe(99.999_999);
    expect(roundDown(99.999_999)).toBe(99);
    expect(roundDown(5, -1)).toBeNaN();
  });
});
