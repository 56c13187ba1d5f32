import { simulated, type Line } from '../../../test/given/simulation.js';
import { policy } from '../../../test/given/policy.js';

const people = 10_000;
const ids = Array.from({ length: people }, (_, number) => `customer-${String(number)}`);
const journey = `purpose: survey
trigger: { event: visit }
holdout: 20%
steps:
  - send: hello
  - id: third
    split:
      - { name: a, weight: 10%, then: [ { split: [ { name: x, weight: 50% } ], id: coin } ] }
      - { name: b, weight: 33.3% }
`;
const { lines } = simulated({
  journey,
  files: policy('  survey: { consent: not_needed, sample: 33% }'),
  customers: ids.map((id) => ({ id, phone: '09121234567' })),
  events: ids.map((subject) => ({
    type: 'visit',
    subject,
    id: `visit-of-${subject}`,
    time: '2026-11-21T10:00:00+03:30',
  })),
});

function count(test: (line: Line) => boolean): number {
  return lines.filter(test).length;
}

/** Four standard deviations of so many coins: a fair one is further away once in sixteen thousand. */
function expectShare(found: number, of: number, share: number): void {
  const deviation = Math.sqrt(of * share * (1 - share));
  expect(Math.abs(found - of * share)).toBeLessThan(4 * deviation);
}

const entered = count(({ kind }) => kind === 'entered');
const branch = (name: string, step: string): number =>
  count((line) => line.kind === 'split' && line['step'] === step && line['branch'] === name);

describe('of ten thousand customers', () => {
  it('the control group is as large as its share', () => {
    expectShare(
      count(({ kind, reason }) => kind === 'not_entered' && reason === 'holdout'),
      people,
      0.2,
    );
    expect(count(({ kind }) => kind === 'not_entered')).toBe(people - entered);
  });

  it('the sample is as large as its share of those who entered', () => {
    expectShare(
      count(({ kind }) => kind === 'sent'),
      entered,
      0.33,
    );
    expect(count(({ kind, reason }) => kind === 'suppressed' && reason === 'sample')).toBe(
      entered - count(({ kind }) => kind === 'sent'),
    );
  });

  it.each([
    ['a', 0.1],
    ['b', 0.333],
    ['none', 0.567],
  ])('the arm %s of a split is as large as its weight', (name, share) => {
    expectShare(branch(name, 'third'), entered, share);
  });

  it('one split says nothing of another one, nor of the control group', () => {
    expectShare(branch('x', 'coin'), branch('a', 'third'), 0.5);
    const inArm = new Set(lines.filter((line) => line['branch'] === 'b').map(({ customer }) => customer));
    const sent = count(({ kind, customer }) => kind === 'sent' && inArm.has(customer));
    expectShare(sent, inArm.size, 0.33);
  });
});
