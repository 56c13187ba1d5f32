import { givenJourney, givenWorkspace, journeyText, toldOf } from '../../../../../test/given/workspace.js';
import { shopFiles } from '../../../../../test/given/workspace.js';

const files = {
  'journeys/occasions.yaml': 'yalda: { jalali: 09-30 }\nnowruz: { jalali: 01-01, days: 4 }\n',
  'journeys/audiences.yaml': 'vip: sum("purchase.completed", "amount", "365 days") > toman(50000000)\n',
  'journeys/events.yaml': `${shopFiles['journeys/events.yaml'] ?? ''}stock.arrived: { data: { kind: text }, broadcast: true }\n`,
};
const triggerOf = (trigger: string) => givenJourney({ trigger: `trigger: ${trigger}` }, files).triggers[0];
const told = (trigger: string, more: Parameters<typeof journeyText>[0] = {}) =>
  toldOf({ ...files, 'journeys/test.yaml': journeyText({ ...more, trigger: `trigger: ${trigger}` }) });
const hour = (of: number) => ({ hour: of, minute: 0, second: 0, ms: 0 });
const oneDay = { amount: 1, unit: 'day' };

describe('a trigger', () => {
  it('is an event, for an audience too', () => {
    expect(triggerOf('{ event: visit, audience: vip, as: door }')).toMatchObject({
      kind: 'event',
      event: 'visit',
      broadcast: false,
      audience: { name: 'vip' },
      startedBy: 'door',
      maxAge: oneDay,
    });
    expect(triggerOf('{ event: stock.arrived, audience: everyone }')).toMatchObject({
      broadcast: true,
      audience: { name: 'everyone' },
    });
  });

  it('is a day of the week, every day, or the first of a month', () => {
    expect(triggerOf('{ every: thursday, at: "18:00", max_age: 2 hours }')).toMatchObject({
      kind: 'every',
      every: 'thu',
      at: hour(18),
      startedBy: 'every',
      maxAge: { amount: 2, unit: 'hour' },
    });
    expect(triggerOf('{ every: month, at: "09:00" }')).toMatchObject({ every: 'month', audience: undefined });
  });

  it('is a cron', () => {
    expect(triggerOf('{ cron: "0 18 1,15 * *" }')).toMatchObject({ kind: 'cron', startedBy: 'cron' });
  });

  it('is an occasion', () => {
    expect(triggerOf('{ occasion: yalda, offset: -1 day, at: "18:00" }')).toMatchObject({
      kind: 'occasion',
      occasion: 'yalda',
      shift: { offset: { duration: oneDay, sign: -1 }, at: hour(18), edge: 'start' },
      startedBy: 'yalda',
    });
    expect(triggerOf('{ occasion: nowruz, edge: end, at: "18:00" }')).toMatchObject({ shift: { edge: 'end' } });
  });

  it('is an anniversary of a date of the customer', () => {
    expect(triggerOf('{ anniversary: customer.birth_date, calendar: gregorian, at: "10:00" }')).toMatchObject({
      kind: 'anniversary',
      field: ['birth_date'],
      calendar: 'gregorian',
      at: hour(10),
    });
  });

  it('is an absence of one type of events, or of all of several', () => {
    expect(triggerOf('{ absence: visit, for: 90 days }')).toMatchObject({ of: ['visit'], at: undefined });
    expect(triggerOf('{ absence: [visit, repair.ready], for: 90 days, at: "11:00" }')).toMatchObject({
      kind: 'absence',
      of: ['visit', 'repair.ready'],
      for: { amount: 90, unit: 'day' },
      at: hour(11),
    });
  });

  it('is credit that expires', () => {
    expect(triggerOf('{ credit_expiring: 5 days, at: "11:00" }')).toMatchObject({
      kind: 'credit_expiring',
      lead: { amount: 5, unit: 'day' },
      at: hour(11),
    });
  });

  it('is somebody who launches it, with inputs', () => {
    expect(triggerOf('{ manual: { kind: text, closes_at?: time } }')).toMatchObject({
      kind: 'manual',
      inputs: { fields: { kind: { kind: { kind: 'text' } }, closes_at: { kind: { kind: 'time' }, optional: true } } },
    });
    expect(triggerOf('{ manual: }')).toMatchObject({ inputs: { fields: {} } });
  });

  it('counts what its audience asks of history among its own calls', () => {
    const { calls, uses } = givenJourney({ trigger: 'trigger: { every: day, at: "10:00", audience: vip }' }, files);
    expect(calls.entering).toMatchObject([{ function: 'sum', type: 'purchase.completed' }]);
    expect(uses.audiences).toEqual(['vip']);
  });

  it.each([
    ['{ every: thursday }', '3:10: at is missing; every starts at an hour, such as at: "18:00"'],
    ['{ every: thu, at: "18:00" }', '3:19: "thu" is no day to start on; did you mean "thursday"?'],
    ['{ every: fortnight, at: "18:00" }', /^3:19: "fortnight" is no day to start on; expected one of day, month, sat/],
    ['{ every: day, at: "6 pm" }', '3:28: "6 pm" is no time of day; did you mean "18:00"?'],
    ['{ cron: "0 18 * *" }', /^3:18: "0 18 \* \*" is no cron; expected five fields/],
    ['{ occasion: yald, at: "10:00" }', '3:22: there is no "yald" in occasions.yaml; did you mean "yalda"?'],
    ['{ occasion: yalda }', '3:10: at is missing; an occasion is a day, and needs an hour such as at: "10:00"'],
    ['{ occasion: yalda, at: "10:00", edge: last }', /^3:48: expected start or end, got "last"/],
    ['{ anniversary: birth_date, at: "10:00" }', /^3:25: expected an attribute of the customer that is a date/],
    [
      '{ anniversary: customer.birthdate, at: "10:00" }',
      '3:25: "customer" has no field "birthdate"; did you mean "birth_date"?',
    ],
    ['{ anniversary: customer.tier, at: "10:00" }', /; "customer.tier" is text$/],
    ['{ anniversary: customer.birth_date }', /at is missing; an anniversary starts at an hour/],
    ['{ absence: vist, for: 9 days }', '3:21: event type "vist" is not in the catalogue; did you mean "visit"?'],
    ['{ absence: visit }', '3:10: for is missing; write how long, such as for: 90 days'],
    ['{ absence: [], for: 9 days }', '3:21: absence names no event type'],
    ['{ credit_expiring: soon, at: "10:00" }', /^3:29: "soon" is no duration/],
    ['{ manual: { kind: txt } }', '3:28: "txt" is no kind; did you mean "text"?'],
    ['{ manual: text }', '3:20: expected inputs and their kinds, such as { closes_at: time }, got "text"'],
    ['{ event: visit, audience: vpi }', '3:36: there is no audience "vpi"; did you mean "vip"?'],
    ['{ event: stock.arrived }', /^3:10: audience is missing; stock.arrived is broadcast and is nobody's own/],
    [
      '{ event: visit, every: day }',
      '3:26: a trigger is of one kind, and this one has event and every; make it two, in a list',
    ],
    ['{ event: visit, at: "10:00" }', /^3:26: "at" is no key of a trigger/],
    ['{ cron: "0 18 * * *", when: event.x == 1 }', /^3:38: "event" is not there in this place/],
  ])('%s is told', (trigger, message) => {
    const lines = told(trigger).map((line) => line.replace('journeys/test.yaml:', ''));
    expect(lines).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });
});

describe('below a trigger', () => {
  const value = (expression: string) => ({ steps: `  - { send: hello, with: { x: ${expression} } }` });

  it.each([
    ['{ occasion: yalda, at: "10:00" }', '"=trigger.occasion + string(trigger.year)"'],
    ['{ every: day, at: "10:00" }', '=trigger.at'],
    ['{ anniversary: customer.birth_date, at: "10:00" }', '=trigger.years + 1'],
    ['{ absence: visit, for: 9 days }', '=trigger.days'],
    ['{ credit_expiring: 5 days, at: "11:00" }', '=trigger.amount + toman(5)'],
    ['{ manual: { closes_at: time } }', '=trigger.closes_at'],
  ])('of %s there is %s', (trigger, expression) => {
    expect(told(trigger, value(expression))).toEqual([]);
  });

  it('what started it is no event where a clock did', () => {
    expect(told('{ every: day, at: "10:00" }', value('=trigger_event.id'))).toEqual([
      expect.stringContaining('this may be absent'),
    ]);
    expect(told('[ { event: visit }, { every: day, at: "10:00" } ]', value('=trigger_event.time'))).toHaveLength(1);
  });

  it('about may be one of its fields, or an expression', () => {
    expect(told('{ manual: { batch: text } }', { top: 'about: batch' })).toEqual([]);
    expect(told('{ every: day, at: "10:00" }', { top: 'about: =trigger.at' })).toEqual([]);
    expect(told('{ occasion: yalda, at: "10:00" }', { top: 'about: repair_id' })).toEqual([
      'journeys/test.yaml:3:8: "repair_id" is no field of what yalda gives; it has at, occasion, year',
    ]);
  });

  it('what all of several triggers have is there for certain', () => {
    const both = '[ { every: day, at: "10:00" }, { occasion: yalda, at: "10:00" } ]';
    expect(told(both, value('=trigger.at'))).toEqual([]);
    expect(told(both, value('=trigger.year'))).toEqual([expect.stringContaining('this may be absent')]);
  });

  it('is told once for types that there are not', () => {
    const { problems } = givenWorkspace({
      'journeys/test.yaml': journeyText({ top: 'about: repair_id', trigger: 'trigger: { event: visi }' }),
    });
    expect(problems).toHaveLength(1);
  });
});
