import { on, simulated, story, tehran } from '../../../test/given/simulation.js';

/** Whether a condition of a trigger holds for a repair of these data, after these events. */
function holds(when: string, data: object = {}, ...before: readonly ReturnType<typeof on>[]): boolean {
  const journey = `trigger: { event: repair.received, when: '${when}' }\nsteps: [ stop: done ]`;
  const events = [...before, on('11-21 10:00', 'repair.received', data)];
  return story({ journey, events, from: '11-01 00:00' }, 'entered').length > 0;
}

describe('expressions: what is unknown', () => {
  it('makes a condition false, and so does its opposite', () => {
    expect(holds('event.note == "x"')).toBe(false);
    expect(holds('event.note != "x"')).toBe(false);
    expect(holds('not (event.note == "x")')).toBe(false);
    expect(holds('event.cost > toman(1)')).toBe(false);
  });

  it('does not matter where one side of and, or is enough', () => {
    expect(holds('event.note == "x" or event.repair_id == "r1"')).toBe(true);
    expect(holds('event.repair_id == "r1" or event.note == "x"')).toBe(true);
    expect(holds('not (event.note == "x" and event.repair_id == "r2")')).toBe(true);
  });

  it('is asked for by known, == null and != null; null is the same as absent', () => {
    expect(holds('known(event.note)')).toBe(false);
    expect(holds('event.note == null')).toBe(true);
    expect(holds('event.note == null', { note: null })).toBe(true);
    expect(holds('event.note != null', { note: 'x' })).toBe(true);
    expect(holds('has(event.note)', { note: null })).toBe(false);
    expect(holds('default(event.note, "x") == "x"')).toBe(true);
  });

  it('is what an operation that fails gives', () => {
    expect(holds('1 / count("purchase") == 1 or event.repair_id == "r1"')).toBe(true);
    expect(holds('1 / count("purchase") == 1')).toBe(false);
  });
});

describe('expressions: money', () => {
  it('is whole rials in events, and tomans of ten', () => {
    expect(holds('event.cost == toman(2500000)', { cost: 25_000_000 })).toBe(true);
    expect(holds('event.cost > 0', { cost: 1 })).toBe(true);
    expect(holds('event.cost * 1.5 == toman(15)', { cost: 100 })).toBe(true);
    expect(holds('event.cost + toman(1) == toman(2)', { cost: 10 })).toBe(true);
  });

  it('is not compared with bare numbers', () => {
    expect(() => holds('event.cost > 5', { cost: 10 })).toThrow(/money/);
  });
});

describe('expressions: history', () => {
  const bought = (time: string, amount = 10, more: object = {}) =>
    on(time, 'purchase', { amount, kind: 'phone' }, more);

  it('has windows that exclude their start and include their end', () => {
    expect(holds('count("purchase", "1 day") == 1', {}, bought('11-20 10:00:01'))).toBe(true);
    expect(holds('count("purchase", "1 day") == 0', {}, bought('11-20 10:00'))).toBe(true);
    expect(holds('count("purchase", "1 day") == 1', {}, bought('11-21 10:00'))).toBe(true);
  });

  it('goes by the own time of an event, not its arrival', () => {
    const late = bought('11-19 10:00', 10, { arrives_at: tehran('11-21 09:00') });
    expect(holds('count("purchase", "1 day") == 0', {}, late)).toBe(true);
    expect(holds('count("purchase", "3 days") == 1', {}, late)).toBe(true);
    expect(holds('last("purchase") < now - duration("24h")', {}, late)).toBe(true);
  });

  it('counts, sums and finds the last, of the customer alone', () => {
    const other = bought('11-20 12:00', 10, { subject: 'c2' });
    expect(
      holds(
        'sum("purchase", "amount", "30 days") == toman(3)',
        {},
        bought('11-18 10:00'),
        bought('11-19 10:00', 20),
        other,
      ),
    ).toBe(true);
    expect(
      holds(
        'count("purchase", "30 days", past.amount > toman(1)) == 1',
        {},
        bought('11-18 10:00'),
        bought('11-19 10:00', 20),
      ),
    ).toBe(true);
    expect(holds('days_since(last("purchase")) == 2', {}, bought('11-18 10:00'), bought('11-19 10:00'))).toBe(true);
    expect(holds('last("purchase") == null', {}, other)).toBe(true);
  });

  it('includes the event under test', () => {
    expect(holds('count("repair.received", "1 day") == 1')).toBe(true);
  });

  it('has months of the policy calendar as windows', () => {
    expect(holds('count("purchase", "1 month") == 1', {}, bought('10-22 10:00:01'))).toBe(true);
    expect(holds('count("purchase", "1 month") == 0', {}, bought('10-22 10:00'))).toBe(true);
  });
});

describe('expressions: in steps', () => {
  it('choose the first true branch, else, or none', () => {
    const journey = (more: string) => `trigger: { event: visit }
steps:
  - choose:
      - { when: trigger.n > 1, then: [ send: hello ] }
      - { when: trigger.n > 0, then: [ send: bye ] }
${more}
  - send: third`;
    const told = (n: number, more = '') =>
      story({ journey: journey(more), events: [on('11-21 10:00', 'visit', { n })] }, 'chosen', 'sent').map((line) =>
        line.slice(12),
      );
    expect(told(2)).toEqual(['chosen 1', 'sent hello', 'sent third']);
    expect(told(1)).toEqual(['chosen 2', 'sent bye', 'sent third']);
    expect(told(0)).toEqual(['chosen none', 'sent third']);
    expect(told(0, '      - else: [ stop: enough ]')).toEqual(['chosen else']);
  });

  it('give a goal its value, left out where it is unknown', () => {
    const journey =
      'trigger: { event: repair.received }\ngoal: { event: repair.delivered, value: event.paid }\nsteps: [ wait: 1 day ]';
    const told = (data: object) =>
      simulated({
        journey,
        events: [on('11-21 10:00', 'repair.received'), on('11-21 11:00', 'repair.delivered', data)],
      }).lines.find(({ kind }) => kind === 'goal');
    expect(told({ paid: 500 })).toMatchObject({ value: 500 });
    expect(told({})).toEqual({ at: '2026-11-21T07:30:00.000Z', kind: 'goal', customer: 'c1', journey: 'test' });
  });
});
