import { c1, on, story, tehran } from '../../../test/given/simulation.js';
import { policy } from '../../../test/given/policy.js';

const journey = (top = '') => `purpose: news\n${top}trigger: { event: visit }\nsteps: [ send: hello ]`;
const visit = (time: string) => on(time, 'visit');
const held = (quiet: string, time: string, top = '', customer: object = c1) =>
  story(
    {
      journey: journey(top),
      files: policy(`  news: { consent: not_needed${quiet} }`),
      customers: [customer],
      events: [visit(time)],
    },
    'sent',
    'deferred',
  )[0]?.replace(/^\S+ \S+ /, '');

describe('quiet hours', () => {
  const night = ', quiet_hours: "21:00-09:00"';
  const until = (time: string) => `deferred hello quiet_hours until ${time}`;

  it('include their start, exclude their end, and wrap past midnight', () => {
    expect(held(night, '11-21 20:59:59')).toBe('sent hello');
    expect(held(night, '11-21 21:00')).toBe(until('11-22 09:00'));
    expect(held(night, '11-22 00:00')).toBe(until('11-22 09:00'));
    expect(held(night, '11-22 08:59:59')).toBe(until('11-22 09:00'));
    expect(held(night, '11-22 09:00')).toBe('sent hello');
  });

  it('within a day do not wrap', () => {
    const noon = ', quiet_hours: "12:00-14:00"';
    expect([held(noon, '11-21 11:59'), held(noon, '11-21 12:00'), held(noon, '11-21 14:00')]).toEqual([
      'sent hello',
      until('11-21 14:00'),
      'sent hello',
    ]);
  });

  it('are on the clock of the customer', () => {
    const berlin = { ...c1, timezone: 'Europe/Berlin' };
    expect(held(night, '11-21 22:00', '', berlin)).toBe('sent hello');
    expect(held(night, '11-21 23:30', '', berlin)).toBe(until('11-22 11:30'));
  });

  it("of the journey are kept besides the purpose's", () => {
    const own = 'policy: { quiet_hours: "08:00-10:00" }\n';
    expect(held('', '11-21 09:30', own)).toBe(until('11-21 10:00'));
    expect(held(night, '11-21 09:30', own)).toBe(until('11-21 10:00'));
    expect(held(night, '11-21 22:00', own)).toBe(until('11-22 10:00'));
    expect(held(night, '11-21 10:00', own)).toBe('sent hello');
  });

  it('that follow each other end where the last of them does', () => {
    expect(held(night, '11-21 22:00', 'policy: { quiet_hours: "09:00-12:00" }\n')).toBe(until('11-22 12:00'));
    expect(held(', quiet_hours: "09:00-12:00"', '11-21 22:00', 'policy: { quiet_hours: "21:00-09:00" }\n')).toBe(
      until('11-22 12:00'),
    );
  });

  it('of another purpose do not matter', () => {
    const files = policy(`  news: { consent: not_needed${night} }\n  other: { consent: not_needed }`);
    const text = 'purpose: news\ntrigger: { event: visit }\nsteps: [ { send: hello, purpose: other } ]';
    expect(story({ journey: text, files, events: [visit('11-21 22:00')] }, 'sent')).toEqual(['11-21 22:00 sent hello']);
  });
});

describe('a blackout', () => {
  const told = (names: string, time: string, customer: object = c1) =>
    story(
      {
        journey: journey(),
        files: {
          ...policy(`  news: { consent: not_needed, blackout: ${names} }`),
          'journeys/occasions.yaml':
            'mourning: { dates: [2026-11-21] }\neve: { dates: [2026-11-22, 2026-11-24] }\nlong: { jalali: 09-02, days: 3 }\n',
        },
        customers: [customer],
        events: [visit(time)],
      },
      'sent',
      'deferred',
    )[0]?.replace(/^\S+ \S+ /, '');
  const until = (time: string) => `deferred hello blackout until ${time}`;

  it('lasts from midnight to midnight', () => {
    expect(told('[mourning]', '11-20 23:59:59')).toBe('sent hello');
    expect(told('[mourning]', '11-21 00:00')).toBe(until('11-22 00:00'));
    expect(told('[mourning]', '11-21 23:59:59')).toBe(until('11-22 00:00'));
    expect(told('[mourning]', '11-22 00:00')).toBe('sent hello');
  });

  it('ends at the next midnight that is outside of all of them', () => {
    expect(told('[mourning, eve]', '11-21 10:00')).toBe(until('11-23 00:00'));
    expect(told('[mourning, eve, long]', '11-21 10:00')).toBe(until('11-26 00:00'));
    expect(told('[eve]', '11-22 10:00')).toBe(until('11-23 00:00'));
  });

  it('is on the clock of the customer', () => {
    const berlin = { ...c1, timezone: 'Europe/Berlin' };
    expect(told('[mourning]', '11-21 01:00', berlin)).toBe('sent hello');
    expect(told('[mourning]', '11-22 01:00', berlin)).toBe(until('11-22 02:30'));
  });
});

it('a message of midnight that is held twice goes when both are over', () => {
  const files = {
    ...policy('  news: { consent: not_needed, blackout: [mourning], quiet_hours: "22:00-08:00" }'),
    'journeys/occasions.yaml': 'mourning: { dates: [2026-11-22] }\n',
  };
  const events = [{ type: 'visit', subject: 'c1', time: tehran('11-21 23:00') }];
  expect(story({ journey: journey(), files, events }, 'sent', 'deferred')).toEqual([
    '11-21 23:00 deferred hello quiet_hours until 11-22 08:00',
    '11-22 08:00 deferred hello blackout until 11-23 00:00',
    '11-23 00:00 deferred hello quiet_hours until 11-23 08:00',
    '11-23 08:00 sent hello',
  ]);
});
