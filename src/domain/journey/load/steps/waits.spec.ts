import { scopeWith } from '../../../../../test/given/expression.js';
import { givenJourney, journeyText, shopFiles, toldOf } from '../../../../../test/given/workspace.js';
import type { Scope } from '../../../expression/scope.js';
import { printInstant } from '../../../time/instant.js';
import type { WaitStep, WaitUntilStep } from '../../step.js';

const files = {
  'journeys/occasions.yaml': 'yalda: { jalali: 09-30 }\nnowruz: { jalali: 01-01, days: 4 }\n',
  'journeys/policy.yaml': `${shopFiles['journeys/policy.yaml'] ?? ''}working_hours: { sat-wed: "09:00-18:00", thu: "09:00-13:00" }\n`,
};
const trigger = 'trigger: { event: repair.received, when: known(event.back_at) and known(event.due_date) }';
const told = (steps: string, more: object = {}) =>
  toldOf({ ...files, 'journeys/test.yaml': journeyText({ trigger, steps, ...more }) }).map((line) =>
    line.replace('journeys/test.yaml:', ''),
  );

const working = {
  days: {
    ...Object.fromEntries(['sat', 'sun', 'mon', 'tue', 'wed'].map((day) => [day, [{ from: 540, to: 1080 }]])),
    thu: [{ from: 540, to: 780 }],
    fri: [],
  } as never,
  closed: [],
  isClosed: () => false,
};
const scope = (names: object = {}): Scope => ({
  ...scopeWith({}),
  names: { ...names },
  clock: { zone: 'Asia/Tehran', calendar: 'jalali', working },
});

/** Reached at this time of Tehran, when it ends there. 2026-11-21 is a Saturday. */
function ends(wait: string, from: string): string {
  const [step] = givenJourney({ trigger, steps: `  - ${wait}` }, files).steps.values();
  const instant = (step as WaitStep).ends.until(scope(), Date.parse(`${from}:00+03:30`));
  return instant === undefined ? 'never' : printInstant(instant + 3.5 * 3_600_000).slice(0, 16);
}

const window = '{ days: [sat, sun, mon, tue, wed], from: "10:00", to: "20:00" }';

describe('wait', () => {
  it.each([
    ['wait: 2 days', '2026-11-21T15:00', '2026-11-23T15:00'],
    ['wait: 90 minutes', '2026-11-21T15:00', '2026-11-21T16:30'],
    ['wait: 2 working days', '2026-11-25T15:00', '2026-11-28T15:00'],
    ['wait: 4 working hours', '2026-11-21T16:00', '2026-11-22T11:00'],
    // At an hour: in days that of the day, in hours the first one from then.
    ['{ wait: 2 days, at: "11:00" }', '2026-11-21T15:00', '2026-11-23T11:00'],
    ['{ wait: 2 hours, at: "11:00" }', '2026-11-21T08:00', '2026-11-21T11:00'],
    ['{ wait: 4 hours, at: "11:00" }', '2026-11-21T08:00', '2026-11-22T11:00'],
    ['wait: { at: "11:00" }', '2026-11-21T11:00', '2026-11-21T11:00'],
    ['wait: { at: "11:00" }', '2026-11-21T11:01', '2026-11-22T11:00'],
    ['wait: { after: 1 day, at: "11:00" }', '2026-11-21T15:00', '2026-11-22T11:00'],
    // Windows.
    [`wait: ${window}`, '2026-11-21T15:00', '2026-11-21T15:00'],
    [`wait: ${window}`, '2026-11-21T20:00', '2026-11-22T10:00'],
    [`wait: ${window}`, '2026-11-25T21:00', '2026-11-28T10:00'],
    [`{ wait: ${window}, after: 1 day }`, '2026-11-21T15:00', '2026-11-22T10:00'],
    [`{ wait: ${window}, after: 1 day }`, '2026-11-25T15:00', '2026-11-28T10:00'],
    [`{ wait: ${window}, after: 24 hours }`, '2026-11-21T15:00', '2026-11-22T15:00'],
    [`{ wait: ${window}, after: 6 hours }`, '2026-11-21T15:00', '2026-11-22T10:00'],
    ['wait: { from: "21:00", to: "03:00", after: 1 day }', '2026-11-21T15:00', '2026-11-22T21:00'],
    ['wait: { from: "21:00", to: "03:00" }', '2026-11-21T02:00', '2026-11-21T02:00'],
    ['wait: { days: fri }', '2026-11-21T15:00', '2026-11-27T00:00'],
    ['wait: { days: [sat, thu], at: "11:00" }', '2026-11-21T15:00', '2026-11-26T11:00'],
    ['wait: { days: sat, from: "10:00", to: "20:00", at: "11:00" }', '2026-11-21T15:00', '2026-11-28T11:00'],
    // Working time.
    ['wait: working', '2026-11-21T15:00', '2026-11-21T15:00'],
    ['wait: working', '2026-11-26T15:00', '2026-11-28T09:00'],
    ['{ wait: working, after: 1 day }', '2026-11-21T15:00', '2026-11-22T09:00'],
    ['{ wait: working, after: 2 hours }', '2026-11-21T17:00', '2026-11-22T09:00'],
    ['{ wait: working, at: "14:00" }', '2026-11-26T10:00', '2026-11-28T14:00'],
  ])('%s from %s ends at %s', (wait, from, end) => {
    expect(ends(wait, from)).toBe(end);
  });

  it('has an id of what it waits for', () => {
    const steps = '  - wait: 2 days\n  - wait: working\n  - wait: { at: "11:00" }\n  - wait: { days: fri }';
    expect([...givenJourney({ steps }, files).steps.keys()]).toEqual([
      ...['wait-2-days', 'wait-working', 'wait-window', 'wait-window-2'],
    ]);
  });

  it.each([
    ['{ wait: 1 day, after: 1 day }', /^5:\d+: wait says already how long; write one of them/],
    ['wait: { after: 1 day, at: "11:00" }\n    at: "12:00"', '6:5: at stands in the window already; keep one of them'],
    ['wait: { from: "10:00", to: "20:00", at: "09:00" }', /^5:\d+: this hour is outside the window/],
    ['wait: { from: "10", to: "20:00" }', '5:19: "10" is no time of day; did you mean "10:00"?'],
    ['wait: { days: [saturday] }', '5:20: "saturday" is no day of the week; did you mean "sat"?'],
    ['wait: {}', '5:11: there is nothing to wait for here; write days, from and to, or at'],
    ['wait: { day: fri }', '5:13: "day" is no key of a window; did you mean "days"?'],
    ['wait: 2026-12-21', '5:11: wait takes a duration; for a moment write "wait_until: 2026-12-21"'],
    ['wait: =trigger.back_at', /write "wait_until: =trigger.back_at"$/],
    ['wait: 3 day at 18:00', '5:11: "3 day at 18:00" is no duration; write "wait: { after: 3 days, at: "18:00" }"'],
    ['wait: "18:00"', '5:11: "18:00" is a time of day; write "wait: { at: "18:00" }"'],
    ['wait: best_hour', '5:11: wait takes a duration; write "wait_until: best_hour"'],
    ['wait: 2 dyas', /^5:11: "2 dyas" is no duration/],
    ['wait: 0 days', /is no time at all/],
    ['wait: -2 days', /^5:11: "-2 days" is no duration/],
    ['wait: [1 day]', /^5:11: expected a window as a mapping/],
  ])('%j is told', (wait, message) => {
    const [line] = told(`  - ${wait}`);
    expect(line).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it('warns where the enrolment may expire meanwhile', () => {
    const of = (line: string) =>
      `${line}: warning: this may still wait when the enrolment expires, 10 days after its start; make it shorter, or lasts_at_most longer`;
    const top = 'lasts_at_most: 10 days';
    expect(told('  - wait: 11 days', { top })).toEqual([of('6:5')]);
    expect(told('  - wait: 10 days', { top })).toEqual([]);
    const steps = `  - wait: 6 days
  - choose: [ { when: known(trigger.device), then: [ wait: 5 days ] } ]
  - { wait_for: visit, at_most: 4 days }
  - { ask: hello, answers: text, within: 1 day }`;
    expect(told(steps, { top })).toEqual([of('7:54'), of('9:7')]);
  });
});

describe('wait_until', () => {
  const stepOf = (step: string) =>
    [...givenJourney({ trigger, steps: `  - ${step}\n  - send: bye` }, files).steps.values()][0] as WaitUntilStep;
  const until = (moment: string, names: object = {}) => {
    const limit = stepOf(`wait_until: ${moment}`).moment;
    if (limit === 'best_hour') return limit;
    const instant = limit.until(scope(names), Date.parse('2026-12-20T10:00:00+03:30'));
    return instant === undefined ? undefined : printInstant(instant);
  };

  it.each([
    ['best_hour', 'best_hour'],
    ['2026-12-21T18:00:00+03:30', '2026-12-21T14:30:00.000Z'],
    ['1405-09-30', '2026-12-20T20:30:00.000Z'],
    ['2 days', '2026-12-22T06:30:00.000Z'],
    ['=trigger.back_at', '2026-12-25T08:30:00.000Z'],
    ['{ occasion: yalda, at: "18:00" }', '2026-12-21T14:30:00.000Z'],
    ['{ occasion: yalda, offset: -2 days, at: "18:00" }', '2027-12-19T14:30:00.000Z'],
    ['{ occasion: nowruz, edge: end, at: "10:00" }', '2027-03-24T06:30:00.000Z'],
  ])('%s is at %s', (moment, instant) => {
    expect(until(moment, { trigger: { back_at: '2026-12-25T12:00:00+03:30' } })).toBe(instant);
  });

  it('leads to then, to else, and on', () => {
    const step = stepOf('{ wait_until: =trigger.back_at, then: [ send: hello ], else: [ stop: too late ] }');
    expect(step).toMatchObject({
      id: 'wait-until',
      then: { id: 'send-hello' },
      otherwise: { id: 'stop' },
      next: { id: 'send-bye' },
    });
    expect(stepOf('wait_until: best_hour')).toMatchObject({ then: { id: 'send-bye' }, otherwise: { id: 'send-bye' } });
  });

  it.each([
    ['wait_until:', /^5:\d+: expected a moment, such as/],
    ['wait_until: soon', /^5:17: expected a duration \("3 days"\), a date/],
    ['wait_until: { occasion: yald, at: "10:00" }', /there is no "yald" in occasions.yaml; did you mean "yalda"\?$/],
    ['wait_until: { occasion: yalda }', /at is missing; an occasion is a day/],
    ['wait_until: { date: 2026-12-21, occasion: yalda, at: "10:00" }', /^5:19: a moment counts from a date or from/],
    ['wait_until: { date: 2026-12-21, edge: end }', /^5:37: edge belongs to an occasion; a date has none$/],
    ['wait_until: { occasion: =now, at: "10:00" }', /expected the name of an occasion, got time$/],
    ['wait_until: =trigger.repair_id', /^5:18: expected a time or a date, got text$/],
  ])('%j is told', (step, message) => {
    expect(told(`  - ${step}`)[0]).toEqual(expect.stringMatching(message));
  });

  it('is the only way on where both ways stop', () => {
    const steps = (moment: string) =>
      told(`  - { wait_until: ${moment}, then: [ stop: a ], else: [ stop: b ] }\n  - send: hello`);
    expect(steps('=trigger.back_at')).toEqual([expect.stringContaining('never reached')]);
    expect(steps('best_hour')).toEqual([]);
  });
});

describe('an occasion in a journey that it started', () => {
  const occasions = 'sale: { dates: [2026-12-10, 2026-12-28, 2027-12-10] }\nyalda: { jalali: 09-30 }\n';
  const moment = (started: object, written: string) => {
    const journey = givenJourney(
      {
        trigger: 'trigger:\n  - { occasion: sale, offset: -2 days, at: "10:00" }\n  - { occasion: yalda, at: "18:00" }',
        steps: `  - wait_until: { occasion: ${written}, offset: 1 day, at: "09:00" }`,
      },
      { 'journeys/occasions.yaml': occasions },
    );
    const [step] = journey.steps.values();
    const limit = (step as WaitUntilStep).moment;
    const instant =
      limit === 'best_hour' ? undefined : limit.until(scope({ trigger: started }), Date.parse('2026-12-08T08:00:00Z'));
    return instant === undefined ? undefined : printInstant(instant);
  };

  it('is that occurrence, of those of its year the nearest', () => {
    const first = { at: '2026-12-08T06:30:00.000Z', occasion: 'sale', year: 1405 };
    expect(moment(first, 'sale')).toBe('2026-12-11T05:30:00.000Z');
    expect(moment(first, '=trigger.occasion')).toBe('2026-12-11T05:30:00.000Z');
    const second = { at: '2026-12-26T06:30:00.000Z', occasion: 'sale', year: 1405 };
    expect(moment(second, 'sale')).toBe('2026-12-29T05:30:00.000Z');
    const past = { at: '2025-12-21T14:30:00.000Z', occasion: 'yalda', year: 1404 };
    expect(moment(past, 'yalda')).toBe('2025-12-22T05:30:00.000Z');
  });

  it('is another one by another name: the first that is not before', () => {
    const started = { at: '2026-12-08T06:30:00.000Z', occasion: 'sale', year: 1405 };
    expect(moment(started, 'yalda')).toBe('2026-12-22T05:30:00.000Z');
    expect(moment({}, 'sale')).toBe('2026-12-11T05:30:00.000Z');
  });
});
