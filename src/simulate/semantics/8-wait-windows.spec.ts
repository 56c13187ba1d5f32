import { c1, local, on, simulated } from '../../../test/given/simulation.js';

const files = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
working_hours: { sat-wed: "09:00-18:00", thu: "09:00-13:00", closed: [mourning] }
purposes: { transactional: { consent: not_needed } }
channel_order: [sms]
`,
  'journeys/occasions.yaml': 'mourning: { dates: [2026-11-24] }\n',
};

/** When such a wait ends, on Tehran's clock; 2026-11-21 is a Saturday. `at once` where it prints no wait. */
function ends(wait: string, begins: string, customer: object = {}): string {
  const { lines } = simulated({
    journey: `trigger: { event: visit }\nsteps: [ { wait: ${wait} } ]`,
    customers: [{ ...c1, ...customer }],
    files,
    events: [on(begins, 'visit')],
  });
  const until = lines.find(({ kind }) => kind === 'waiting')?.['until'];
  return typeof until === 'string' ? local(until) : 'at once';
}

describe('a wait for a window', () => {
  const week = '{ days: [sat, sun, mon, tue, wed], from: "10:00", to: "20:00" }';

  it('includes its start and excludes its end', () => {
    expect(ends(week, '11-21 09:59')).toBe('11-21 10:00');
    expect(ends(week, '11-21 10:00')).toBe('at once');
    expect(ends(week, '11-21 19:59')).toBe('at once');
    expect(ends(week, '11-21 20:00')).toBe('11-22 10:00');
  });

  it('is open on its days only, on all by default', () => {
    expect(ends(week, '11-25 20:00')).toBe('11-28 10:00');
    expect(ends(week, '11-26 12:00')).toBe('11-28 10:00');
    expect(ends('{ from: "10:00", to: "20:00" }', '11-25 20:00')).toBe('11-26 10:00');
  });

  it('wraps past midnight where its end is not later; its days name the day it opens', () => {
    const night = '{ days: [sat], from: "22:00", to: "06:00" }';
    expect(ends(night, '11-21 05:00')).toBe('11-21 22:00');
    expect(ends(night, '11-21 23:00')).toBe('at once');
    expect(ends(night, '11-22 05:59')).toBe('at once');
    expect(ends(night, '11-22 06:00')).toBe('11-28 22:00');
  });

  it('is on the clock of the customer', () => {
    expect(ends(week, '11-21 10:00', { timezone: 'Europe/Berlin' })).toBe('11-21 12:30');
  });

  it('after days first names the day, and the window the hour on it', () => {
    const after = (days: string) => `{ after: ${days}, from: "10:00", to: "20:00" }`;
    expect(ends(after('1 day'), '11-21 21:00')).toBe('11-22 10:00');
    expect(ends(after('1 day'), '11-21 08:00')).toBe('11-22 10:00');
    expect(ends(after('1 day'), '11-21 12:00')).toBe('11-22 10:00');
    expect(ends('{ after: 1 day, days: [sat, sun], from: "10:00", to: "20:00" }', '11-22 12:00')).toBe('11-28 10:00');
  });

  it('after hours is the first such hour from then', () => {
    const after = '{ after: 3 hours, from: "10:00", to: "20:00" }';
    expect(ends(after, '11-21 06:00')).toBe('11-21 10:00');
    expect(ends(after, '11-21 12:00')).toBe('11-21 15:00');
    expect(ends(after, '11-21 17:00')).toBe('11-22 10:00');
    expect(ends(after, '11-21 16:59')).toBe('11-21 19:59');
  });
});

describe('a wait for an hour', () => {
  it('is the next such hour, this very instant included', () => {
    expect(ends('{ at: "11:00" }', '11-21 10:59')).toBe('11-21 11:00');
    expect(ends('{ at: "11:00" }', '11-21 11:00')).toBe('at once');
    expect(ends('{ at: "11:00" }', '11-21 11:01')).toBe('11-22 11:00');
  });

  it('after days is the hour on that day, after hours the first from then', () => {
    expect(ends('{ after: 1 day, at: "11:00" }', '11-21 10:00')).toBe('11-22 11:00');
    expect(ends('{ after: 1 day, at: "11:00" }', '11-21 12:00')).toBe('11-22 11:00');
    expect(ends('{ after: 1 week, at: "11:00" }', '11-21 12:00')).toBe('11-28 11:00');
    expect(ends('{ after: 1 month, at: "11:00" }', '11-21 12:00')).toBe('12-21 11:00');
    expect(ends('{ after: 2 hours, at: "11:00" }', '11-21 10:00')).toBe('11-22 11:00');
    expect(ends('{ after: 1 hour, at: "11:00" }', '11-21 10:00')).toBe('11-21 11:00');
  });
});

describe('a wait in working time', () => {
  it('is until the business works', () => {
    expect(ends('working', '11-21 08:00')).toBe('11-21 09:00');
    expect(ends('working', '11-21 09:00')).toBe('at once');
    expect(ends('working', '11-21 17:59')).toBe('at once');
    expect(ends('working', '11-21 18:00')).toBe('11-22 09:00');
    expect(ends('working', '11-26 13:00')).toBe('11-28 09:00');
    expect(ends('working', '11-23 19:00')).toBe('11-25 09:00');
  });

  it('counts working hours only inside of them', () => {
    expect(ends('4 working hours', '11-21 10:00')).toBe('11-21 14:00');
    expect(ends('4 working hours', '11-21 16:00')).toBe('11-22 11:00');
    expect(ends('4 working hours', '11-21 20:00')).toBe('11-22 13:00');
    expect(ends('4 working hours', '11-26 12:00')).toBe('11-28 12:00');
    expect(ends('2 working hours', '11-21 16:00')).toBe('11-21 18:00');
    expect(ends('4 working hours', '11-23 16:00')).toBe('11-25 11:00');
  });

  it('counts working days as the days that have hours, at the same hour moved to their nearest edge', () => {
    expect(ends('1 working day', '11-21 10:00')).toBe('11-22 10:00');
    expect(ends('2 working days', '11-22 10:00')).toBe('11-25 10:00');
    expect(ends('1 working day', '11-25 17:00')).toBe('11-26 13:00');
    expect(ends('1 working day', '11-26 10:00')).toBe('11-28 10:00');
    expect(ends('1 working day', '11-21 07:00')).toBe('11-22 09:00');
    expect(ends('1 working day', '11-21 20:00')).toBe('11-22 18:00');
    expect(ends('1 working day', '11-27 10:00')).toBe('11-28 10:00');
  });
});
