import { c1, on, simulated, story } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');
const redeem = (time: string, amount: number, reference: string) => on(time, 'credit.redeemed', { amount, reference });
const grant = (amount: string, expires: string) =>
  `trigger: { event: visit }\nsteps: [ { grant: ${amount}, expires: ${expires} } ]`;

describe('credit: its end', () => {
  const told = (given: Parameters<typeof story>[0]) => story(given, 'credit_expired');
  const customers = ['c2', 'c1'].map((id) => ({ ...c1, id }));
  const visits = ['c2', 'c1'].map((subject) => on('11-21 10:00', 'visit', {}, { subject }));

  it('comes before events of the same instant, by customer, then in the order given', () => {
    const journeys = { b: grant('500 rial', '10 days'), a: grant('1000 rial', '10 days') };
    const events = [...visits, redeem('12-01 10:00', 5_000, 'r1')];
    expect(told({ journeys, customers, events })).toEqual([
      '12-01 10:00 c1 a credit_expired',
      '12-01 10:00 c1 b credit_expired',
      '12-01 10:00 c2 a credit_expired',
      '12-01 10:00 c2 b credit_expired',
    ]);
  });

  it('has the fields of the grant, and only what was left', () => {
    const events = [visit, redeem('11-25 10:00', 400, 'r1')];
    const { lines } = simulated({ journey: grant('1000 rial', '10 days'), events });
    expect(lines.find(({ kind }) => kind === 'credit_expired')).toEqual({
      ...{ at: '2026-12-01T06:30:00.000Z', kind: 'credit_expired', customer: 'c1', journey: 'test', step: 'grant' },
      ...{ amount: 600, expires_at: '2026-12-01T06:30:00.000Z', balance: 0 },
    });
  });
});

describe('credit that will expire', () => {
  const remind = `trigger: { credit_expiring: 5 days, at: "11:00" }
steps: [ stop: "{{trigger.amount}} {{trigger.expires_at}} {{trigger.journey}}" ]`;
  const reminded = (grants: Readonly<Record<string, string>>, ...events: readonly ReturnType<typeof on>[]) =>
    story({ journeys: { ...grants, remind }, events: [visit, ...events] }, 'exited').filter((line) =>
      line.includes('remind'),
    );

  it('starts once a customer and day, with the day’s sum, the first to go and the largest one’s journey', () => {
    const grants = {
      small: grant('1000 rial', '10 days'),
      large: grant('5000 rial', '{ date: 2026-12-01, at: "23:00" }'),
      later: grant('700 rial', '20 days'),
    };
    expect(reminded(grants)).toEqual([
      '11-26 11:00 remind exited 6000 2026-12-01T06:30:00.000Z large',
      '12-06 11:00 remind exited 700 2026-12-11T06:30:00.000Z later',
    ]);
  });

  it('counts what is left, and does not start where nothing is', () => {
    const grants = { small: grant('1000 rial', '10 days') };
    expect(reminded(grants, redeem('11-22 10:00', 400, 'r1'))).toEqual([
      '11-26 11:00 remind exited 600 2026-12-01T06:30:00.000Z small',
    ]);
    expect(reminded(grants, redeem('11-22 10:00', 1_000, 'r1'))).toEqual([]);
  });

  it('does not start for a grant that lives shorter than the lead', () => {
    expect(reminded({ short: grant('1000 rial', '4 days') })).toEqual([]);
  });
});
