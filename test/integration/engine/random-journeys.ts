import fc from 'fast-check';
import { stringify } from 'yaml';
import type { SimulatedEvent } from '../../../src/simulate/simulator.js';
import {
  cap,
  capText,
  fastDays,
  hoursText,
  optInWord,
  optOutWord,
  policyText,
  purposeNames,
  quietHours,
  type GivenPurpose,
} from '../../given/random-policy.js';
import { DAY, HOUR } from './engine-bench.js';

const TYPES = ['repair.received', 'repair.estimated', 'repair.ready', 'repair.delivered', 'visit'] as const;
type Type = (typeof TYPES)[number];
type Yaml = Record<string, unknown>;

const type = fc.constantFrom(...TYPES);
const duration = fc.constantFrom('1 minute', '1 hour', '2 hours', '1 day', '2 days', '3 days', '1 week');
const send: fc.Arbitrary<Yaml> = fc
  .record({
    template: fc.constantFrom('hello', 'bye', 'counted'),
    late: fc.constantFrom(undefined, undefined, '=trigger_event.time', '6 hours', '2 days'),
    purpose: fc.constantFrom(undefined, ...purposeNames),
    via: fc.constantFrom(undefined, undefined, undefined, 'reply', ['email', 'sms']),
  })
  .map(({ template, late, ...more }) =>
    without({ send: template, ...more, via: template === 'hello' ? more.via : undefined, not_after: late }),
  );
const window = fc.constantFrom<Yaml | string>(
  'working',
  { from: '10:00', to: '20:00' },
  { days: ['sat', 'mon', 'thu'], from: '21:00', to: '02:00' },
  { after: '1 day', at: '11:00' },
);
const wait: fc.Arbitrary<Yaml> = fc
  .oneof({ weight: 3, arbitrary: duration }, { weight: 1, arbitrary: window })
  .map((length) => ({ wait: length }));

/** Attributes, one of which moves the customer's days. */
const set: fc.Arbitrary<Yaml> = fc.constantFrom<Yaml>(
  { set: { tier: 'gold' } },
  { set: { tier: '=trigger.repair_id' } },
  { set: { timezone: 'America/New_York' } },
  { set: { timezone: '=default(customer.timezone, "Europe/Paris")', tier: 'of {{trigger.repair_id}}' } },
);

/** To the same customer: of other ones only the order within one instant is nobody's promise. */
const emit: fc.Arbitrary<Yaml> = fc.constantFrom<Yaml>(
  { emit: 'visit', data: { shop: 'a' } },
  { emit: 'repair.estimated', data: { repair_id: '=trigger.repair_id', cost: '=toman(20000)' } },
  { emit: 'repair.ready', data: { repair_id: '=trigger.repair_id' } },
  { emit: 'repair.delivered', data: { repair_id: 'r1' }, subject: '=customer.id' },
  { emit: 'repair.cancelled', data: { repair_id: 'r0' } },
  { emit: 'consent.withdrawn', data: { purpose: 'plain', channel: 'sms' } },
  { emit: 'consent.withdrawn', data: { purpose: 'market' } },
  { emit: 'consent.granted', data: { purpose: 'market' } },
);
const closing = fc.array(fc.oneof(set, emit, fc.constant<Yaml>({ task: 'call {{trigger.repair_id}}' })), {
  maxLength: 2,
});
const stop: fc.Arbitrary<Yaml> = fc.constant({ stop: 'enough' });

/** Conditions over history in every form: rollups and windows, with `past`, the newest, tied to nothing. */
const known = fc.constantFrom(
  'count("visit") > 1',
  'count("visit", "2 days") == 0',
  'count("repair.received", "1 week", past.repair_id == "r1") >= 1',
  'sum("repair.estimated", "cost", "3 days") > toman(30000)',
  'sum("repair.estimated", "cost", past.repair_id == "r0") > toman(10000)',
  'last("visit") > now - duration("30h")',
  'latest("visit").shop == "a"',
  'customer.tier == "gold"',
  'known(customer.phone)',
);
const condition = fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: known });
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

/** Arms over different types, so that each is listed once. */
function arms(depth: number): fc.Arbitrary<Yaml[]> {
  const arm = fc.record({
    when: condition,
    since: fc.constantFrom(undefined, undefined, 'entry', 'last_wait'),
    then: optional(steps(depth - 1, 2)),
    stay: fc.boolean(),
  });
  const clock = fc.record({ after: duration, when: condition, then: steps(depth - 1, 2) });
  return fc
    .tuple(
      fc.uniqueArray(type, { minLength: 1, maxLength: 3 }),
      fc.array(arm, { minLength: 3, maxLength: 3 }),
      fc.array(clock, { maxLength: 2 }),
    )
    .map(([types, rules, clocks]) => [
      ...types.map((event, place) => armOf(event, rules[place], `saved_${String(place)}`)),
      ...clocks.map((one) => without({ ...one })),
    ]);
}

function armOf(event: Type, rule: Yaml | undefined, name: string): Yaml {
  const { stay, ...rest } = rule ?? {};
  return without({ event, ...rest, save_as: name, ...(stay === true && rest['then'] !== undefined ? { stay } : {}) });
}

function waitFor(depth: number): fc.Arbitrary<Yaml> {
  const short = fc.record({ wait_for: type, when: condition, at_most: optional(duration) });
  const list = fc.record({ wait_for: arms(depth), at_most: duration, else: optional(steps(depth - 1, 2)) });
  return fc.oneof(short, list).map(without);
}

function choose(depth: number): fc.Arbitrary<Yaml> {
  const branch = fc.record({ when: known, then: steps(depth - 1, 2) });
  return fc
    .record({ choose: fc.array(branch, { minLength: 1, maxLength: 2 }), else: optional(steps(depth - 1, 2)) })
    .map(({ choose: branches, else: otherwise }) => ({
      choose: [...branches, ...(otherwise === undefined ? [] : [{ else: otherwise }])],
    }));
}

function split(depth: number): fc.Arbitrary<Yaml> {
  const arm = fc.record({ weight: fc.constantFrom('20%', '33.3%', '50%'), then: steps(depth - 1, 2) });
  return fc
    .array(arm, { minLength: 1, maxLength: 2 })
    .map((list) => ({ split: list.map((one, place) => ({ name: `arm_${String(place)}`, ...one })) }));
}

function waitUntil(depth: number): fc.Arbitrary<Yaml> {
  const moment = fc.constantFrom<Yaml | string>('best_hour', '=trigger_event.time + duration("30h")', {
    date: '=trigger_event.time',
    offset: '1 day',
    at: '10:00',
  });
  return fc
    .record({ wait_until: moment, then: optional(steps(depth - 1, 2)), else: optional(steps(depth - 1, 2)) })
    .map(without);
}

function task(depth: number): fc.Arbitrary<Yaml> {
  const waited = fc.record({ within: duration, else: optional(steps(depth - 1, 2)) });
  return fc
    .record({ due: optional(duration), assign_to: optional(fc.constant('desk')), rest: optional(waited) })
    .map(({ rest = {}, ...given }) => without({ task: 'look at {{trigger.repair_id}}', ...given, ...rest }));
}

function steps(depth: number, most: number): fc.Arbitrary<Yaml[]> {
  const plain = [
    { weight: 4, arbitrary: send },
    { weight: 3, arbitrary: wait },
    { weight: 1, arbitrary: stop },
    { weight: 1, arbitrary: set },
    { weight: 1, arbitrary: emit },
  ];
  const deep =
    depth <= 0
      ? []
      : [
          { weight: 4, arbitrary: waitFor(depth) },
          { weight: 2, arbitrary: choose(depth) },
          { weight: 1, arbitrary: split(depth) },
          { weight: 1, arbitrary: waitUntil(depth) },
          { weight: 1, arbitrary: task(depth) },
        ];
  return fc.array(fc.oneof(...plain, ...deep), { minLength: 1, maxLength: most }).map(uptoStop);
}

/** What stands below a stop cannot be reached, which the checker refuses. */
function uptoStop(list: readonly Yaml[]): Yaml[] {
  const place = list.findIndex((step) => 'stop' in step);
  return place < 0 ? [...list] : list.slice(0, place + 1);
}

const journey = fc.record({
  purpose: fc.constantFrom(...purposeNames),
  priority: fc.integer({ min: 1, max: 9 }),
  own: optional(
    fc.record({
      caps: optional(cap.map((one) => [capText(one)])),
      quiet_hours: optional(quietHours.map(hoursText)),
    }),
  ),
  about: fc.boolean(),
  trigger: fc.record({ when: condition, max_age: fc.constantFrom(undefined, '3 days', '1 hour') }),
  entry: fc.record({
    again: fc.constantFrom('always', 'never', 'after 1 day'),
    while_inside: fc.constantFrom('ignore', 'restart', 'update'),
  }),
  exit: optional(fc.record({ event: fc.constantFrom('repair.cancelled', 'visit'), when: condition })),
  goal: optional(
    fc.record({ event: fc.constant('repair.delivered'), within: optional(duration), continue: fc.boolean() }),
  ),
  lasts_at_most: fc.constantFrom(undefined, '5 days'),
  holdout: fc.constantFrom(undefined, undefined, '50%'),
  at_end: optional(closing),
  /** Its end begins it anew, so that its chain is cut. */
  circles: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  steps: steps(2, 5),
});

/** A circle with a wait in it would go on for weeks. */
const aWhile = { when: 'count("repair.received") < 20' };
const again = { emit: 'repair.received', data: { repair_id: '=trigger.repair_id' } };

/** All files but the journeys': these rules, and what they and the journeys name. */
export function filesWith(rules: readonly GivenPurpose[]): Readonly<Record<string, string>> {
  return {
    'journeys/policy.yaml': policyText(rules),
    'journeys/occasions.yaml': `fast: { dates: [${fastDays.join(', ')}] }\n`,
    'journeys/audiences.yaml': 'troubled: customer.tier == "gold" and count("visit", "2 days") > 0\n',
    'templates/counted/sms.hbs': '{{trigger.repair_id}} {{default customer.tier "-"}}\n',
    'templates/hello/email.hbs': '---\nsubject: Hello\n---\nHello {{trigger.repair_id}}\n',
  };
}

/** A journey's file, `journeys/<name>.yaml`. */
export function journeyFile(name: string): fc.Arbitrary<string> {
  return journey.map(({ about, trigger, exit, goal, entry, at_end, own, circles: wanted, ...rest }) => {
    // Two of them would double with each step.
    const circles = wanted && name === 'first';
    return stringify(
      without({
        journey: name,
        policy: own && without(own),
        ...(about ? { about: 'repair_id' } : {}),
        trigger: without({ event: 'repair.received', ...trigger, ...(circles ? aWhile : {}) }),
        entry,
        exit: exit && without(exit),
        goal: goal && without(goal),
        at_end: circles ? [again] : at_end,
        ...rest,
      }),
      // Two steps alike are one object here, and no anchor there.
      { aliasDuplicateObjects: false },
    );
  });
}

function without(fields: Yaml): Yaml {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A fortnight of two customers: duplicates, late ones, ties, and what overtakes what. */
export function eventsFrom(start: number): fc.Arbitrary<SimulatedEvent[]> {
  const one = fc.record({
    id: fc.nat(30),
    customer: fc.constantFrom('ann', 'bob'),
    type: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom<string>(...TYPES, 'repair.received') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('repair.cancelled', 'customer.updated', 'consent.withdrawn', 'consent.granted'),
      },
      { weight: 1, arbitrary: fc.constant('message.received') },
    ),
    repair: fc.constantFrom('r0', 'r1'),
    // Whole hours, so that much falls on one instant.
    hour: fc.nat(14 * 24),
    late: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -2, max: 90 }) },
    ),
    cost: fc.integer({ min: 0, max: 500 }),
    pick: fc.nat(2),
  });
  return fc.array(one, { minLength: 5, maxLength: 25 }).map((list) =>
    list.map(({ id, customer, type: of, repair, hour, late, cost, pick }): SimulatedEvent => {
      const arrival = start + hour * HOUR;
      const time = arrival - late * HOUR;
      return {
        id: `e${String(id)}`,
        source: '/shop',
        type: of,
        customer,
        time,
        arrival,
        data: dataOf(of, repair, cost, pick),
      };
    }),
  );
}

function dataOf(of: string, repair: string, cost: number, pick: number): SimulatedEvent['data'] {
  switch (of) {
    case 'visit':
      return { shop: ['a', 'b', 'c'][pick] ?? 'a' };
    case 'repair.estimated':
      return { repair_id: repair, cost: cost * 1000 };
    case 'customer.updated':
      return (
        [
          { tier: 'gold', phone: '+989121234567', consent: { market: true } },
          { timezone: 'America/New_York', tier: null },
          { timezone: null, phone: null },
        ][pick] ?? {}
      );
    case 'message.received':
      return replyOf(cost, pick);
    case 'consent.withdrawn':
    case 'consent.granted':
      return { purpose: purposeNames[cost % 4] ?? 'market', ...(pick === 0 ? { channel: 'sms' } : {}) };
    default:
      return { repair_id: repair };
  }
}

function replyOf(cost: number, pick: number): SimulatedEvent['data'] {
  const text = [optOutWord, optInWord, 'hello'][cost % 3] ?? '';
  return { channel: pick === 1 ? 'email' : 'sms', from: 'x', text };
}

export const UNTIL_AFTER = 40 * DAY;
