import type { Trace } from '../domain/journey/decision.js';
import { Tally } from './tally.js';

const entered = (at: number, journey = 'a'): Trace => ({
  ...{ at, customer: 'c1', journey },
  ...{ kind: 'entered', started_by: 'visit' },
});
const granted = (at: number, amount: number): Trace => ({
  ...{ at, customer: 'c1', journey: 'a' },
  ...{ kind: 'granted', amount },
});

describe('what limits count', () => {
  it('is what came in (from, to], a journey each', () => {
    const tally = new Tally();
    for (const line of [entered(1), entered(5), entered(5), entered(7, 'b'), entered(9)]) tally.note(line);
    expect(tally.entries('a', undefined, 9)).toBe(4);
    expect(tally.entries('a', 1, 9)).toBe(3);
    expect(tally.entries('a', 5, 8)).toBe(0);
    expect(tally.entries('a', 4, 5)).toBe(2);
    expect(tally.entries('b', undefined, 6)).toBe(0);
    expect(tally.entries('c', undefined, 9)).toBe(0);
  });

  it('is the sum of what was granted', () => {
    const tally = new Tally();
    for (const line of [granted(1, 100), granted(2, 50), entered(2)]) tally.note(line);
    expect(tally.granted('a', undefined, 2)).toBe(150);
    expect(tally.granted('a', 1, 2)).toBe(50);
  });
});
