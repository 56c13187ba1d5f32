import { c1, local, on, simulated, story, tehran } from '../../../test/given/simulation.js';

// In 2026 Yalda, 30 Azar 1405, is 21 December.
const files = {
  'journeys/occasions.yaml': `yalda: { jalali: 09-30 }
nowruz: { jalali: 01-01, days: 4 }
mothers-day: { hijri: 06-20, dates: [2026-11-30] }
hijra: { hijri: 06-20 }
sale: { from: 1405-12-10, to: 1405-12-20 }
mourning: { dates: [2026-12-05, 2026-12-07] }
`,
};

/** Until when it waits; `at once` where it does not. */
function until(moment: string, begins = '11-21 10:00', given: { customer?: object; data?: object } = {}): string {
  const { lines } = simulated({
    journey: `trigger: { event: repair.received, when: known(event.due) and known(event.day) }\nsteps: [ wait_until: ${moment} ]`,
    files,
    customers: [{ ...c1, ...given.customer }],
    events: [on(begins, 'repair.received', { due: tehran('11-25 15:30'), day: '2026-11-26', ...given.data })],
    until: '12-31 00:00',
  });
  const waits = lines.find(({ kind }) => kind === 'waiting')?.['until'];
  return typeof waits === 'string' ? local(waits) : 'at once';
}

describe('moments', () => {
  it('are instants and dates, a date without at being midnight on the clock of the customer', () => {
    expect(until('"2026-11-23T12:00:00+03:30"')).toBe('11-23 12:00');
    expect(until('2026-11-23')).toBe('11-23 00:00');
    expect(until('1405-09-02')).toBe('11-23 00:00');
    expect(until('2026-11-23', '11-21 10:00', { customer: { timezone: 'Europe/Berlin' } })).toBe('11-23 02:30');
  });

  it('are expressions, a date being midnight and a time keeping its hour', () => {
    expect(until('=trigger.due')).toBe('11-25 15:30');
    expect(until('=trigger.day')).toBe('11-26 00:00');
    expect(until('=now + duration("48h")')).toBe('11-23 10:00');
  });

  it('are a date that is moved and given an hour, without at keeping its own', () => {
    expect(until('{ date: =trigger.due, offset: -3 days }')).toBe('11-22 15:30');
    expect(until('{ date: =trigger.due, offset: -3 days, at: "18:00" }')).toBe('11-22 18:00');
    expect(until('{ date: =trigger.day, offset: -3 days, at: "10:00" }')).toBe('11-23 10:00');
    expect(until('{ date: =trigger.day, offset: -3 days }')).toBe('11-23 00:00');
    expect(until('{ date: =trigger.day, at: "10:00" }')).toBe('11-26 10:00');
    expect(until('{ date: =trigger.due, offset: -10 days }')).toBe('at once');
    expect(until('{ date: =now, offset: 2 hours }')).toBe('11-21 12:00');
    expect(until('{ date: =now, offset: 5 days, at: "23:59" }')).toBe('11-26 23:59');
  });

  it('are what a JSON Schema describes, a time or a date as text', () => {
    const events = 'order.made: { schema: { type: object, properties: { due: { type: string } } } }\n';
    const waits = (due: unknown) => {
      const { lines } = simulated({
        journey: 'trigger: { event: order.made, when: known(event.due) }\nsteps: [ wait_until: =trigger.due ]',
        files: { 'journeys/events.yaml': events },
        events: [on('11-21 10:00', 'order.made', { due })],
      });
      const limit = lines.find(({ kind }) => kind === 'waiting')?.['until'];
      return typeof limit === 'string' ? local(limit) : 'at once';
    };
    expect(waits(tehran('11-25 15:30'))).toBe('11-25 15:30');
    expect(waits('2026-11-26')).toBe('11-26 00:00');
    expect(waits('1405-09-05')).toBe('11-26 00:00');
    expect(waits('soon')).toBe('at once');
  });

  it('are a length from when they are reached, where an expression gives one', () => {
    const expires = (value: string) =>
      simulated({
        journey: `trigger: { event: repair.received }\nsteps: [ { grant: 5 toman, expires: '${value}' } ]`,
        events: [on('11-21 10:00', 'repair.received')],
      }).lines.find(({ kind }) => kind === 'granted')?.['expires_at'];
    expect(expires('=duration("48h")')).toBe(new Date(tehran('11-23 10:00')).toISOString());
  });

  it('unknown are not waited for, and neither then nor else is done', () => {
    const journey = `trigger: { event: repair.received }
steps: [ { wait_until: '=timestamp(default(trigger.note, "never"))', then: [ stop: then ], else: [ stop: else ] }, { stop: on } ]`;
    const told = (note: string) =>
      story({ journey, events: [on('11-21 10:00', 'repair.received', { note })] }, 'exited');
    expect(told('some day')).toEqual(['11-21 10:00 exited on']);
    expect(told('2026-11-22T06:30:00Z')).toEqual(['11-22 10:00 exited then']);
    expect(told('2026-11-20T06:30:00Z')).toEqual(['11-21 10:00 exited else']);
  });
});

describe('moments: occasions', () => {
  const yalda = (more: string) => `{ occasion: yalda${more} }`;

  it('are the first that, with offset and at, is not before now', () => {
    expect(until(yalda(', at: "18:00"'))).toBe('12-21 18:00');
    expect(until(yalda(', offset: -1 day, at: "18:00"'))).toBe('12-20 18:00');
    expect(until(yalda(', offset: 5 days, at: "23:59"'))).toBe('12-26 23:59');
    expect(until(yalda(', at: "18:00"'), '12-21 18:00')).toBe('at once');
    expect(until(yalda(', at: "18:00"'), '12-21 18:01')).toBe('2027-12-21 18:00');
    expect(until(yalda(', offset: 5 days, at: "23:59"'), '12-24 10:00')).toBe('12-26 23:59');
  });

  it('of several days have their first, with edge: end their last', () => {
    expect(until('{ occasion: nowruz, at: "10:00" }')).toBe('2027-03-21 10:00');
    expect(until('{ occasion: nowruz, edge: end, at: "10:00" }')).toBe('2027-03-24 10:00');
    expect(until('{ occasion: sale, at: "10:00" }')).toBe('2027-03-01 10:00');
    expect(until('{ occasion: sale, edge: end, offset: 1 day, at: "10:00" }')).toBe('2027-03-12 10:00');
  });

  it('have a listed lunar date win over the computed one near it', () => {
    // 20 Jumada II 1448 is computed as 30 November or a day beside it.
    expect(until('{ occasion: mothers-day, at: "10:00" }')).toBe('11-30 10:00');
    const computed = until('{ occasion: hijra, at: "10:00" }');
    expect(['11-29 10:00', '11-30 10:00', '12-01 10:00']).toContain(computed);
    expect(until('{ occasion: mothers-day, at: "10:00" }', '12-10 10:00')).toMatch(/^2027-11-/);
  });

  it('are on the clock of the customer', () => {
    expect(until(yalda(', at: "18:00"'), '11-21 10:00', { customer: { timezone: 'Europe/Berlin' } })).toBe(
      '12-21 20:30',
    );
  });
});

describe('moments: the occasion that started it', () => {
  const told = (moment: string, given: object = {}) =>
    story(
      {
        journey: `trigger: { occasion: yalda, offset: 1 day, at: "18:00", audience: everyone }\nsteps: [ { wait_until: ${moment}, then: [ stop: then ], else: [ stop: passed ] } ]`,
        files,
        from: '12-01 10:00',
        until: '12-31 00:00',
        ...given,
      },
      'waiting',
      'exited',
    ).map((line) => line.slice(6));

  it('is meant by the same name, although it has passed', () => {
    expect(told('{ occasion: yalda, offset: 3 days, at: "18:00" }')).toEqual([
      '18:00 waiting until 12-24 18:00',
      '18:00 exited then',
    ]);
    expect(told('{ occasion: yalda, at: "18:00" }')).toEqual(['18:00 exited passed']);
    expect(told('{ occasion: =trigger.occasion, offset: 3 days, at: "18:00" }')[0]).toBe(
      '18:00 waiting until 12-24 18:00',
    );
  });

  it('is not meant by another name', () => {
    expect(told('{ occasion: nowruz, at: "18:00" }')).toEqual(['18:00 waiting until 2027-03-21 18:00']);
  });

  it('of which none comes any more is unknown', () => {
    expect(told('{ occasion: mourning, at: "18:00" }')).toEqual(['18:00 exited completed']);
  });

  it('has its year in the calendar of the policy', () => {
    const { lines } = simulated({
      journey:
        'trigger: { occasion: yalda, at: "10:00", audience: everyone }\nsteps: [ stop: "{{trigger.year}} {{trigger.occasion}}" ]',
      files,
      from: '12-01 10:00',
      until: '12-31 00:00',
    });
    expect(lines.at(-1)).toMatchObject({ reason: '1405 yalda' });
  });
});
