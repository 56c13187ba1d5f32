import fc from 'fast-check';
import { nextAttempt, nextQuestion, spreadOf } from './backoff.js';

describe('nextAttempt', () => {
  it('doubles from 5 seconds to 15 minutes', () => {
    const longest = [1, 2, 3, 4, 8, 9, 40].map((attempts) => nextAttempt(attempts, 0, 1));
    expect(longest).toEqual([5_000, 10_000, 20_000, 40_000, 640_000, 900_000, 900_000]);
  });

  it('spreads the second half of the pause', () => {
    expect([0, 0.5, 1].map((spread) => nextAttempt(1, 1_000, spread))).toEqual([3_500, 4_750, 6_000]);
  });
});

describe('spreadOf', () => {
  it('is a fraction, the same for the same attempt', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(40), (id, attempts) => {
        const spread = spreadOf(id, attempts);
        expect(spread).toBeGreaterThanOrEqual(0);
        expect(spread).toBeLessThan(1);
        expect(spreadOf(id, attempts)).toBe(spread);
      }),
    );
  });

  it('spreads neighbours evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let id = 0; id < 10_000; id += 1) {
      const tenth = Math.floor(spreadOf(1_000_000_000_000 + id, 1) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(count).toBeGreaterThan(800);
  });
});

describe('nextQuestion', () => {
  it('comes after half the time since the attempt, one minute to half an hour', () => {
    const asked = [60_000, 600_000, 36_000_000].map((now) => nextQuestion(0, now, 60_000) - now);
    expect(asked).toEqual([60_000, 300_000, 1_800_000]);
  });
});
