import { c1, on, simulated, story, tehran } from '../../../test/given/simulation.js';

const people = ['c2', 'c1', 'c3'].map((id) => ({ ...c1, id }));
const audiences = {
  'journeys/audiences.yaml': 'visitors: count("visit") > 0\nknown-by-name: customer.name == "Sara"\n',
  'journeys/occasions.yaml': 'yalda: { jalali: 09-30 }\n',
};
const from = '11-21 10:00';
const stop = 'steps: [ stop: done ]';
const entered = (given: Parameters<typeof story>[0]) => story(given, 'entered', 'not_entered');

describe('schedules: for everybody', () => {
  it('start each member of the audience, by customer, and print nothing for the others', () => {
    const journey = `trigger: { every: day, at: "18:00", audience: visitors }\n${stop}`;
    const events = ['c3', 'c1'].map((subject) => on('11-20 10:00', 'visit', {}, { subject }));
    const given = { journey, customers: people, files: audiences, events, from, until: '11-22 18:00' };
    expect(entered(given)).toEqual([
      '11-21 18:00 c1 entered every',
      '11-21 18:00 c3 entered every',
      '11-22 18:00 c1 entered every',
      '11-22 18:00 c3 entered every',
    ]);
  });

  it('print nothing for people outside the condition either', () => {
    const journey = `trigger: { every: day, at: "18:00", when: customer.id == "c2", audience: everyone }\n${stop}`;
    const { lines } = simulated({ journey, customers: people, from, until: '11-21 23:00' });
    expect(lines.map(({ kind, customer }) => `${customer} ${kind}`)).toEqual(['c2 entered', 'c2 exited']);
  });

  it('count from when the simulation begins, that instant and the last included', () => {
    const journey = `trigger: { every: day, at: "10:00", audience: everyone }\n${stop}`;
    expect(entered({ journey, from, until: '11-22 10:00' })).toEqual([
      '11-21 10:00 entered every',
      '11-22 10:00 entered every',
    ]);
    expect(entered({ journey, from: '11-21 10:00:01', until: '11-22 09:59' })).toEqual([]);
  });

  it('go by the weekday, by the first of the month in the policy’s calendar, and by cron', () => {
    const journeys = {
      weekly: `trigger: { every: thursday, at: "18:00", audience: everyone }\n${stop}`,
      monthly: `trigger: { every: month, at: "09:00", audience: everyone }\n${stop}`,
      cron: `trigger: { cron: "30 7 1 * *", audience: everyone, as: first }\n${stop}`,
    };
    expect(entered({ journeys, from, until: '12-03 23:00' })).toEqual([
      '11-22 09:00 monthly entered every',
      '11-26 18:00 weekly entered every',
      '12-01 07:30 cron entered first',
      '12-03 18:00 weekly entered every',
    ]);
  });

  it('fall on the customer’s clock, cron on the workspace’s', () => {
    const customers = [c1, { ...c1, id: 'c2', timezone: 'Europe/Berlin' }];
    const journeys = {
      own: `trigger: { every: day, at: "18:00", audience: everyone }\n${stop}`,
      same: `trigger: { cron: "0 18 * * *", audience: everyone }\n${stop}`,
    };
    expect(entered({ journeys, customers, from, until: '11-21 23:00' })).toEqual([
      '11-21 18:00 c1 own entered every',
      '11-21 18:00 c1 same entered cron',
      '11-21 18:00 c2 same entered cron',
      '11-21 20:30 c2 own entered every',
    ]);
  });

  it('find people who came after the beginning, and those who moved', () => {
    const journey = `trigger: { every: day, at: "18:00", audience: everyone }\n${stop}`;
    const events = [
      on('11-21 11:00', 'visit', {}, { subject: 'c9' }),
      on('11-22 11:00', 'customer.updated', { timezone: 'Europe/Berlin' }),
    ];
    expect(entered({ journey, events, from, until: '11-22 23:00' })).toEqual([
      '11-21 18:00 c1 entered every',
      '11-21 18:00 c9 entered every',
      '11-22 18:00 c9 entered every',
      '11-22 20:30 c1 entered every',
    ]);
  });

  it('come before occasions and say which, with the year of its own day', () => {
    const journey = `trigger: { occasion: yalda, offset: -1 day, at: "18:00", audience: everyone }
steps: [ stop: "{{trigger.occasion}} {{trigger.year}} {{trigger.at}}" ]`;
    expect(story({ journey, files: audiences, from })).toEqual([
      '12-20 18:00 entered yalda',
      '12-20 18:00 exited yalda 1405 2026-12-20T14:30:00.000Z',
    ]);
  });
});

describe('schedules: of one customer', () => {
  it('an anniversary comes on the day of the date, with its years', () => {
    const journey = `trigger: { anniversary: customer.birth_date, calendar: jalali, at: "10:00" }
steps: [ stop: "{{trigger.years}}" ]`;
    const customers = [
      { ...c1, birth_date: '1366-09-30' },
      { ...c1, id: 'c2' },
      { ...c1, id: 'c3', birth_date: '1400-09-01' },
    ];
    expect(story({ journey, customers, from })).toEqual([
      '11-22 10:00 c3 entered anniversary',
      '11-22 10:00 c3 exited 5',
      '12-21 10:00 c1 entered anniversary',
      '12-21 10:00 c1 exited 39',
    ]);
  });

  it('an anniversary follows the date when it changes', () => {
    const journey = `trigger: { anniversary: customer.birth_date, calendar: jalali, at: "10:00" }\n${stop}`;
    const events = [on('11-21 11:00', 'customer.updated', { birth_date: '1366-09-02' })];
    const customers = [{ ...c1, birth_date: '1366-09-01' }];
    expect(entered({ journey, customers, events, from })).toEqual(['11-23 10:00 entered anniversary']);
  });
});

describe('schedules: an absence', () => {
  const journey = `trigger: { absence: [visit, purchase], for: 10 days, at: "11:00" }
steps: [ stop: "{{trigger.days}} {{trigger.last_at}}" ]`;

  it('falls due at the newest of its events, at its hour, once', () => {
    const events = [on('11-21 10:00', 'visit'), on('11-22 12:00', 'purchase', { amount: 1 })];
    expect(story({ journey, events })).toEqual([
      '12-03 11:00 entered absence',
      '12-03 11:00 exited 10 2026-11-22T08:30:00.000Z',
    ]);
  });

  it('does not fall due where a later one has come, at that very instant too', () => {
    const exact = journey.replace(', at: "11:00"', '');
    const events = [on('11-21 10:00', 'visit'), on('12-01 10:00', 'visit')];
    expect(entered({ journey: exact, events })).toEqual(['12-11 10:00 entered absence']);
  });

  it('starts where it fell due no longer than max_age before the beginning, at the beginning', () => {
    const events = [on('11-10 12:00', 'visit'), on('11-09 10:00', 'visit', {}, { subject: 'c2' })];
    const given = { journey, customers: people, events, from: '11-21 12:00' };
    expect(entered(given)).toEqual(['11-21 12:00 entered absence']);
    expect(entered({ ...given, from: '11-22 11:00:01' })).toEqual([]);
  });

  it('is brought to light by a late event, if it is not older than max_age', () => {
    const late = (time: string, subject: string) =>
      on(time, 'visit', {}, { subject, arrives_at: tehran('11-25 10:00') });
    const events = [late('11-14 10:00', 'c1'), late('11-13 10:00', 'c2'), late('11-20 10:00', 'c3')];
    expect(entered({ journey, customers: people, events, from })).toEqual([
      '11-25 10:00 c1 entered absence',
      '11-30 11:00 c3 entered absence',
    ]);
  });

  it('has one chance: its condition is not asked again', () => {
    const asking = journey.replace('at: "11:00"', 'at: "11:00", when: known(customer.email)');
    const events = [on('11-21 10:00', 'visit'), on('12-05 10:00', 'customer.updated', { email: 'sara@example.com' })];
    expect(entered({ journey: asking, events })).toEqual([]);
  });
});

describe('schedules: launches and broadcasts', () => {
  const manual = 'trigger: { manual: { kind: text } }\nsteps: [ stop: "{{trigger.kind}}" ]';

  it('a launch starts its audience at its instant, with its inputs', () => {
    const customers = [c1, { id: 'c2', name: 'Mina' }, { ...c1, id: 'c3' }];
    const launches = [{ at: '11-21 12:00', data: { kind: 'sale' }, audience: 'known-by-name' }];
    expect(story({ journey: manual, customers, files: audiences, launches })).toEqual([
      '11-21 12:00 c1 entered manual',
      '11-21 12:00 c1 exited sale',
      '11-21 12:00 c3 entered manual',
      '11-21 12:00 c3 exited sale',
    ]);
  });

  it('a launch of nothing that can be launched is warned of', () => {
    const { lines, warned } = simulated({ journey: `trigger: { event: visit }\n${stop}`, launches: [{ at: from }] });
    expect(lines).toEqual([]);
    expect(warned).toEqual(['journey "test" cannot be launched; it has no manual trigger']);
  });

  it('a broadcast is tried on everyone of the audience, in order, and is in nobody’s history', () => {
    const files = {
      ...audiences,
      'journeys/events.yaml':
        'stock.arrived: { broadcast: true, data: { kind: text } }\npurchase: { amount: money, kind?: text }\nvisit: {}\n',
    };
    const journeys = {
      news: `trigger: { event: stock.arrived, audience: everyone, when: 'count("purchase", "2 years", past.kind == event.kind) > 0' }
steps: [ stop: "{{trigger.kind}} {{trigger_event.id}}" ]`,
    };
    const buys = (subject: string, kind: string) => on('11-20 10:00', 'purchase', { amount: 1, kind }, { subject });
    const events = [
      ...[buys('c3', 'iphone'), buys('c2', 'iphone'), buys('c1', 'galaxy')],
      { type: 'stock.arrived', id: 'e1', time: tehran('11-21 12:00'), data: { kind: 'iphone' } },
    ];
    expect(story({ journeys, files, customers: people, events, from })).toEqual([
      '11-21 12:00 c2 news entered stock.arrived',
      '11-21 12:00 c2 news exited iphone e1',
      '11-21 12:00 c3 news entered stock.arrived',
      '11-21 12:00 c3 news exited iphone e1',
    ]);
  });
});
