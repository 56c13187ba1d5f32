import { c1, on, simulated, tehran } from '../../../test/given/simulation.js';

/** When a wait of this length ends that begins then. */
function ends(wait: string, begins: string, timezone?: string, calendar = 'jalali'): string {
  const { lines } = simulated({
    journey: `trigger: { event: visit }\nsteps: [ { wait: ${wait} } ]`,
    customers: [{ ...c1, ...(timezone === undefined ? {} : { timezone }) }],
    files: {
      'journeys/policy.yaml': `timezone: Asia/Tehran\ncalendar: ${calendar}\npurposes: { transactional: { consent: not_needed } }\nchannel_order: [sms]\n`,
    },
    events: [{ type: 'visit', subject: 'c1', time: begins }],
    until: '12-31 00:00',
  });
  return String(lines.find(({ kind }) => kind === 'waiting')?.['until']);
}

describe('time', () => {
  it('has hours and shorter exact, also where a clock changes', () => {
    expect(ends('90 seconds', '2026-11-21T10:00:00Z')).toBe('2026-11-21T10:01:30.000Z');
    expect(ends('24 hours', '2026-10-31T12:00:00-04:00', 'America/New_York')).toBe('2026-11-01T16:00:00.000Z');
  });

  it('has days and weeks keep the wall-clock time, on the clock of the customer', () => {
    expect(ends('1 day', '2026-10-31T12:00:00-04:00', 'America/New_York')).toBe('2026-11-01T17:00:00.000Z');
    expect(ends('1 week', '2026-10-31T12:00:00-04:00', 'America/New_York')).toBe('2026-11-07T17:00:00.000Z');
    expect(ends('1 day', '2026-10-31T16:00:00Z')).toBe('2026-11-01T16:00:00.000Z');
  });

  it('takes a local time that a clock change skips after the gap, one that occurs twice the first time', () => {
    expect(ends('1 day', '2026-03-07T02:30:00-05:00', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
    expect(ends('1 day', '2026-10-31T01:30:00-04:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('has months and years keep the day of the month in the calendar of the policy, or take its last day', () => {
    // 31 Shahrivar and a month is 30 Mehr; a year after 30 Esfand 1403 is 29 Esfand 1404.
    expect(ends('1 month', '2026-09-22T10:00:00+03:30')).toBe('2026-10-22T06:30:00.000Z');
    expect(ends('1 year', '2025-03-20T10:00:00+03:30')).toBe('2026-03-20T06:30:00.000Z');
    expect(ends('1 month', '2026-01-31T10:00:00+03:30', undefined, 'gregorian')).toBe('2026-02-28T06:30:00.000Z');
  });

  it('has waits count from the decision, not from the own time of the event', () => {
    const late = on('11-21 08:00', 'visit', {}, { arrives_at: tehran('11-21 10:00') });
    const { lines } = simulated({ journey: 'trigger: { event: visit }\nsteps: [ wait: 1 hour ]', events: [late] });
    expect(lines[1]).toMatchObject({ until: '2026-11-21T07:30:00.000Z' });
  });

  it('has at_most take a moment as well as a duration', () => {
    const told = (atMost: string) =>
      simulated({
        journey: `trigger: { event: visit }\nsteps: [ { wait_for: purchase, at_most: ${atMost} } ]`,
        events: [on('11-21 10:00', 'visit')],
      }).lines.map(({ at, kind }) => `${at.slice(5, 16)} ${kind}`);
    expect(told('"2026-11-23T00:00:00+03:30"').slice(1)).toEqual([
      '11-21T06:30 waiting',
      '11-22T20:30 resumed',
      '11-22T20:30 exited',
    ]);
    expect(told('1405-09-02').slice(1)).toEqual(['11-21T06:30 waiting', '11-22T20:30 resumed', '11-22T20:30 exited']);
    expect(told('2026-11-20').slice(1)).toEqual(['11-21T06:30 resumed', '11-21T06:30 exited']);
  });
});
