import { createHash } from 'node:crypto';
import { fraction } from '../../../test/given/fraction.js';
import { on, simulated } from '../../../test/given/simulation.js';

const ids = Array.from({ length: 30 }, (_, number) => `customer-${String(number)}`);
const visits = ids.map((subject) => on('11-21 10:00', 'visit', {}, { subject }));
const branches = (steps: string, journey = 'test') => {
  const text = `trigger: { event: visit }\nsteps: [ ${steps} ]`;
  const { lines } = simulated({ journeys: { [journey]: text }, customers: [], events: visits });
  return lines.filter(({ kind }) => kind === 'split').map(({ branch }) => branch);
};

it('chance is the first 53 bits of SHA-256 as a fraction of one', () => {
  // SHA-256 of this text begins with these bytes; of the seventh byte the first five bits count.
  const bytes = createHash('sha256').update('test/split/customer-0', 'utf8').digest().subarray(0, 7);
  const value = bytes.reduce((sum, byte, at) => sum + byte / 256 ** (at + 1), 0);
  expect(Math.abs(fraction('test/split/customer-0') - value)).toBeLessThan(2 ** -52);
  expect(fraction('')).toBe(Number(0xe3b0c44298fc1cn >> 3n) / 2 ** 53);
});

describe('chance: a split', () => {
  const arms = '{ name: a, weight: 50%, then: [ stop: a ] }, { name: b, weight: 30%, then: [ stop: b ] }';
  const expected = (text: (id: string) => string) =>
    ids.map((id) => (fraction(text(id)) < 0.5 ? 'a' : fraction(text(id)) < 0.8 ? 'b' : 'none'));

  it('takes the first arm whose cumulated weight is above the fraction, in file order', () => {
    const told = branches(`{ split: [ ${arms} ] }`);
    expect(told).toEqual(expected((id) => `test/split/${id}`));
    expect(new Set(told)).toEqual(new Set(['a', 'b', 'none']));
  });

  it('is another one for another journey and another step', () => {
    expect(branches(`{ split: [ ${arms} ] }`, 'other')).toEqual(expected((id) => `other/split/${id}`));
    expect(branches(`{ split: [ ${arms} ], id: coin }`)).toEqual(expected((id) => `test/coin/${id}`));
  });

  it('of 100% leaves nothing', () => {
    expect(
      new Set(
        branches(
          '{ split: [ { name: a, weight: 50%, then: [ stop: a ] }, { name: b, weight: 50%, then: [ stop: b ] } ] }',
        ),
      ),
    ).toEqual(new Set(['a', 'b']));
  });

  it('leads to the steps below for what is left, and after an arm that does not stop', () => {
    const steps = '{ split: [ { name: a, weight: 50%, then: [ set: { locale: fa } ] } ], id: split }, { stop: below }';
    const { lines } = simulated({
      journeys: { test: `trigger: { event: visit }\nsteps: [ ${steps} ]` },
      customers: [],
      events: visits,
    });
    expect(lines.filter(({ kind }) => kind === 'exited').map(({ reason }) => reason)).toEqual(ids.map(() => 'below'));
    expect(lines.filter(({ kind }) => kind === 'set').map(({ customer }) => customer)).toEqual(
      ids.filter((id) => fraction(`test/split/${id}`) < 0.5),
    );
  });

  it('is the same for the same customer every time', () => {
    const text = `trigger: { event: visit }\nsteps: [ { split: [ ${arms} ] } ]`;
    const twice = [on('11-21 10:00', 'visit'), on('11-22 10:00', 'visit')];
    const { lines } = simulated({ journey: text, events: twice });
    const told = lines.filter(({ kind }) => kind === 'split').map(({ branch }) => branch);
    expect(told[0]).toBe(told[1]);
  });
});
