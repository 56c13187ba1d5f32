import { on, simulated, type GivenSimulation, type Line } from '../../../test/given/simulation.js';

const of = (customer: string, time: string, type: string, data: object = {}) =>
  on(time, type, data, { subject: customer });
const merge = (time: string, from = 'old', into = 'new') => of(into, time, 'customer.merged', { from, into });
const customers = ['old', 'new'].map((id) => ({ id, phone: '09121234567' }));
const lines = (given: GivenSimulation, kind: string): readonly Line[] =>
  simulated({ customers, ...given }).lines.filter((line) => line.kind === kind);
const told = (given: GivenSimulation, kind: string): readonly string[] =>
  lines(given, kind).map(({ at, customer, amount, balance, reason }) =>
    [at.slice(5, 16), customer, amount, balance, reason].filter(isTold).join(' '),
  );
const isTold = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

describe('credit of two who are one', () => {
  const granting = `trigger: { event: visit }
steps:
  - { grant: 1000 rial, expires: 10 days, save_as: gift }
  - { wait_for: repair.cancelled, at_most: 5 days, else: [ { stop: kept } ] }
  - { take_back: gift }
`;
  const visits = [of('old', '11-21 10:00', 'visit'), of('new', '11-21 11:00', 'visit')];
  const again = `${granting}entry: { while_inside: ignore, again: always }\n`;

  it('is what both have, and is spent from what expires first', () => {
    const events = [
      ...visits,
      merge('11-21 12:00'),
      of('old', '11-22 10:00', 'credit.redeemed', { amount: 1_500, reference: 'x' }),
    ];
    expect(told({ journey: again, events }, 'credit_expired')).toEqual(['12-01T07:30 new 500 0']);
  });

  it('is taken back by whoever goes on, each their own', () => {
    const events = [visits[0], merge('11-21 12:00'), of('old', '11-22 10:00', 'repair.cancelled')].filter(
      (event) => event !== undefined,
    );
    const before = [of('new', '11-21 09:00', 'order.placed', { order: { id: 1 } })];
    const journeys = { test: granting, other: 'trigger: { event: order.placed }\nsteps: [ grant: 300 rial ]' };
    expect(told({ journeys, events: [...before, ...events] }, 'taken_back')).toEqual(['11-22T06:30 new 1000 300']);
  });
});

describe('what time starts for two who are one', () => {
  it('is of what both have done: who was away is not where the other was not', () => {
    const journey = 'trigger: { absence: visit, for: 10 days, at: "11:00" }\nsteps: [ stop: missed ]';
    const events = [of('old', '11-15 10:00', 'visit'), of('new', '11-10 10:00', 'visit'), merge('11-16 10:00')];
    expect(told({ journey, events, until: '12-20 00:00' }, 'exited')).toEqual(['11-25T07:30 new missed']);
  });

  it('comes once for both, also where a journey makes them one in the midst of it', () => {
    const journeys = {
      daily: 'trigger: { every: day, at: "18:00" }\nsteps: [ { stop: told } ]',
      knowing: `trigger: { every: day, at: "12:00" }
steps:
  - emit: customer.merged
    data: { from: old, into: new }
  - stop: known
`,
    };
    const given = { journeys, events: [], from: '11-21 08:00', until: '11-21 20:00' };
    expect(told(given, 'exited')).toEqual(['11-21T08:30 new known', '11-21T14:30 new told']);
  });

  it('counts them as one among all others', () => {
    const files = { 'journeys/scores.yaml': 'visits: count("visit")\n' };
    const journey = 'trigger: { event: order.placed, when: quintile("visits") == 3 }\nsteps: [ stop: middle ]';
    const visit = (customer: string, minute: number) => of(customer, `11-21 10:1${String(minute)}`, 'visit');
    const order = (customer: string, time: string) => of(customer, time, 'order.placed', { order: { id: 1 } });
    const events = [
      visit('new', 0),
      visit('c', 1),
      visit('c', 2),
      order('new', '11-21 11:00'),
      order('old', '11-21 12:00'),
      merge('11-21 12:00', 'c', 'new'),
      order('new', '11-21 12:00'),
    ];
    expect(told({ journey, files, events }, 'exited')).toEqual(['11-21T08:30 new middle']);
  });
});

describe('a journey that leads into itself whenever it is left', () => {
  it('comes to rest, for what it emits at its end is the same event again', () => {
    const journey = `trigger: { event: visit }
entry: { again: always }
steps: [ wait: 1 day ]
at_end: [ { emit: visit, data: { n: =count("visit") } } ]
`;
    const events = [of('old', '11-21 10:00', 'visit'), of('new', '11-21 10:00', 'visit'), merge('11-21 12:00')];
    const { warned, lines: all } = simulated({ journey, customers, events, until: '11-21 20:00' });
    expect(warned).toEqual([]);
    expect(all.filter(({ reason }) => reason === 'merged')).toHaveLength(2);
  });
});
