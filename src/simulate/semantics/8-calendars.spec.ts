import { policy } from '../../../test/given/policy.js';
import { c1, simulated, workspaceOf, type GivenSimulation } from '../../../test/given/simulation.js';

const visit = (time: string) => ({ type: 'visit', subject: 'c1', time });
const ny = { ...c1, timezone: 'America/New_York' };

/** Until when a step waits, or holds its message, that begins then. */
function until(step: string, begins: string, more: GivenSimulation = {}): unknown {
  const journey = `${more.journey ?? ''}trigger: { event: visit }\nsteps: [ ${step} ]`;
  const { lines } = simulated({ ...more, journey, events: [visit(begins)] });
  return lines.find(({ kind }) => kind === 'waiting' || kind === 'deferred')?.['until'];
}

/** Noon in Tehran on that day. */
const noon = (day: string): string => `${day}T08:30:00.000Z`;

describe('the Jalali calendar in waits', () => {
  it.each([
    // 31 Farvardin to Shahrivar: months of 31 days; 31 Shahrivar has no fellow in Mehr.
    ['1 month', '2025-04-20', '2025-05-21'],
    ['1 month', '2025-09-22', '2025-10-22'],
    // 30 Bahman: Esfand has 30 days in 1399, 1403 and 1408, else 29.
    ['1 month', '2021-02-18', '2021-03-20'],
    ['1 month', '2022-02-19', '2022-03-20'],
    ['1 month', '2025-02-18', '2025-03-20'],
    ['1 month', '2026-02-19', '2026-03-20'],
    // 30 Esfand 1399 and 1403.
    ['1 year', '2021-03-20', '2022-03-20'],
    ['4 years', '2021-03-20', '2025-03-20'],
    ['1 year', '2025-03-20', '2026-03-20'],
    ['5 years', '2025-03-20', '2030-03-20'],
    ['12 months', '2025-03-20', '2026-03-20'],
    // Nowruz, and the day before it.
    ['1 year', '2025-03-21', '2026-03-21'],
    ['2 years', '2026-03-21', '2028-03-20'],
    ['3 years', '2026-03-21', '2029-03-20'],
    ['4 years', '2026-03-21', '2030-03-21'],
    ['1 day', '2025-03-20', '2025-03-21'],
    ['1 day', '2026-03-20', '2026-03-21'],
  ])('has %s from noon of %s end at noon of %s', (wait, from, to) => {
    expect(until(`{ wait: ${wait} }`, noon(from))).toBe(noon(to));
  });

  it.each([
    ['1403-12-30', '2025-03-20'],
    ['1404-12-29', '2026-03-20'],
    ['1405-01-01', '2026-03-21'],
    ['1405-06-31', '2026-09-22'],
    ['1405-07-30', '2026-10-22'],
    ['1408-12-30', '2030-03-20'],
    ['1409-01-01', '2030-03-21'],
  ])('has %s be %s', (date, day) => {
    const midnight = new Date(Date.parse(`${day}T00:00:00+03:30`)).toISOString();
    expect(until(`{ wait_until: ${date} }`, '2024-01-01T00:00:00Z')).toBe(midnight);
  });

  it.each(['1400-12-30', '1404-12-30', '1405-12-30', '1407-12-30', '1405-07-31', '1405-13-01'])(
    'knows no day %s',
    (date) => {
      const journey = `trigger: { event: visit }\nsteps: [ { wait_until: ${date} } ]`;
      expect(() => workspaceOf({ journey })).toThrow(/journeys\/test\.yaml:4:24: /);
    },
  );

  it('has Nowruz come on its day, and last as long as it is said to', () => {
    const files = { 'journeys/occasions.yaml': 'nowruz: { jalali: 01-01, days: 4 }\n' };
    const next = (from: string, edge = '') =>
      until(`{ wait_until: { occasion: nowruz, at: "12:00"${edge} } }`, noon(from), { files });
    const days = ['2020-03-19', '2021-03-19', '2022-03-19', '2025-03-19', '2026-03-19'];
    expect(days.map((day) => next(day))).toEqual(
      ['2020-03-20', '2021-03-21', '2022-03-21', '2025-03-21', '2026-03-21'].map(noon),
    );
    expect(next('2026-03-19', ', edge: end')).toBe(noon('2026-03-24'));
    expect(next('2026-03-22')).toBe(noon('2027-03-21'));
  });
});

describe('the Jalali calendar in schedules', () => {
  const entered = (trigger: string, begins: string, more: GivenSimulation = {}) =>
    simulated({ ...more, journey: `trigger: ${trigger}\nsteps: [ stop: seen ]`, events: [visit(begins)] })
      .lines.filter(({ kind }) => kind === 'entered')
      .map(({ at }) => at.slice(0, 10));

  it('has every month begin on its first day', () => {
    expect(
      entered('{ every: month, at: "12:00", audience: everyone }', '2025-01-25T00:00:00Z', { until: '04-01 00:00' }),
    ).toEqual([
      ...['2025-02-19', '2025-03-21', '2025-04-21', '2025-05-22', '2025-06-22', '2025-07-23', '2025-08-23'],
      ...['2025-09-23', '2025-10-23', '2025-11-22', '2025-12-22', '2026-01-21', '2026-02-20', '2026-03-21'],
    ]);
  });

  it('has a birthday of 30 Esfand be the last of Esfand', () => {
    const customers = [{ ...c1, birth_date: '1399-12-30' }];
    expect(
      entered('{ anniversary: customer.birth_date, calendar: jalali, at: "12:00" }', '2021-04-01T00:00:00Z', {
        customers,
      }),
    ).toEqual([...['2022-03-20', '2023-03-20', '2024-03-19', '2025-03-20', '2026-03-20']]);
  });
});

describe('where the clock changes', () => {
  const quiet = (hours: string) => policy(`  night: { consent: not_needed, quiet_hours: "${hours}" }`);
  const held = (hours: string, begins: string) =>
    until('send: hello', begins, { journey: 'purpose: night\n', files: quiet(hours), customers: [ny] });

  it('quiet hours end when the wall clock says so', () => {
    expect(held('21:00-09:00', '2026-03-07T22:00:00-05:00')).toBe('2026-03-08T13:00:00.000Z');
    expect(held('21:00-09:00', '2026-10-31T22:00:00-04:00')).toBe('2026-11-01T14:00:00.000Z');
    expect(held('21:00-09:00', '2026-03-08T08:59:59-04:00')).toBe('2026-03-08T13:00:00.000Z');
    expect(held('21:00-09:00', '2026-03-08T09:00:00-04:00')).toBeUndefined();
  });

  it('quiet hours that end in the gap end after it by its length, those that end in the hour that comes twice the first time', () => {
    expect(held('21:00-02:30', '2026-03-07T22:00:00-05:00')).toBe('2026-03-08T07:30:00.000Z');
    expect(held('21:00-01:30', '2026-10-31T22:00:00-04:00')).toBe('2026-11-01T05:30:00.000Z');
  });

  const capped = (cap: string, first: string, second: string) => {
    const { lines } = simulated({
      journey: 'purpose: news\ntrigger: { event: visit }\nsteps: [ send: hello ]',
      files: policy(`  news: { consent: not_needed, caps: [ ${cap} ] }`),
      customers: [ny],
      events: [visit(first), { ...visit(second), id: 'second' }],
    });
    return lines
      .filter(({ kind }) => kind === 'sent' || kind === 'deferred')
      .map(({ at, kind }) => `${at.slice(5, 16)} ${kind}`);
  };

  it('a cap of a day is one of the wall clock, one of 24 hours is not', () => {
    const [spring, later] = ['2026-03-07T12:00:00-05:00', '2026-03-08T11:00:00-04:00'];
    expect(capped('1 per 1 day', spring, later)).toEqual([
      '03-07T17:00 sent',
      '03-08T15:00 deferred',
      '03-08T16:00 sent',
    ]);
    expect(capped('1 per 24 hours', spring, later)).toEqual([
      '03-07T17:00 sent',
      '03-08T15:00 deferred',
      '03-08T17:00 sent',
    ]);
    const [autumn, next] = ['2026-10-31T12:00:00-04:00', '2026-11-01T11:30:00-05:00'];
    expect(capped('1 per 1 day', autumn, next)).toEqual([
      '10-31T16:00 sent',
      '11-01T16:30 deferred',
      '11-01T17:00 sent',
    ]);
    expect(capped('1 per 24 hours', autumn, next)).toEqual(['10-31T16:00 sent', '11-01T16:30 sent']);
  });

  it('a daily start keeps its hour', () => {
    const { lines } = simulated({
      journey: 'trigger: { every: day, at: "12:00", audience: everyone }\nsteps: [ stop: seen ]',
      customers: [ny],
      events: [visit('2026-03-06T13:00:00-05:00')],
      until: '03-10 00:00',
    });
    expect(lines.filter(({ kind }) => kind === 'entered').map(({ at }) => at.slice(5, 16))).toEqual([
      '03-07T17:00',
      '03-08T16:00',
      '03-09T16:00',
    ]);
  });

  it("Tehran's last change of clocks is known, and that there is none since", () => {
    expect(until('{ wait: 1 day }', '2022-03-21T12:00:00+03:30')).toBe('2022-03-22T07:30:00.000Z');
    expect(until('{ wait: 24 hours }', '2022-03-21T12:00:00+03:30')).toBe('2022-03-22T08:30:00.000Z');
    expect(until('{ wait: 1 day }', '2026-03-21T12:00:00+03:30')).toBe('2026-03-22T08:30:00.000Z');
  });
});
