import fc from 'fast-check';
import { purposeNames } from '../../given/random-policy.js';

export const TYPES = ['repair.received', 'repair.estimated', 'repair.ready', 'repair.delivered', 'visit'] as const;
export type Yaml = Record<string, unknown>;

/** Steps besides those that every journey may have. */
export interface Kit {
  readonly plain: readonly Weighted[];
  /** Events that waits wait for besides the shop's. */
  readonly types?: readonly string[];
  /** Events by which people leave, and goals, instead of the shop's. */
  readonly exits?: readonly [string, ...string[]];
  readonly goals?: readonly [string, ...string[]];
  /** What `while_inside` may be, where not all of it. */
  readonly insides?: readonly [string, ...string[]];
  readonly conditions?: readonly string[];
  /** Events that may start the second journey: of which journeys emit some, so that they start each other for a while only. */
  readonly starts?: readonly string[];
  readonly closing: fc.Arbitrary<Yaml[]>;
  /** Of the journey itself. */
  readonly top?: fc.Arbitrary<Yaml>;
  /** With steps of their own below them. */
  deep(depth: number): readonly Weighted[];
}

export interface Weighted {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<Yaml>;
}

const typeFor = ({ types = [] }: Kit): fc.Arbitrary<string> => fc.constantFrom<string>(...TYPES, ...types);
export const duration = fc.constantFrom('1 minute', '1 hour', '2 hours', '1 day', '2 days', '3 days', '1 week');
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

const call: Yaml = { task: 'call {{trigger.repair_id}}' };

/** What is done however it ends. */
export const endings = (...steps: readonly fc.Arbitrary<Yaml>[]): Kit['closing'] =>
  fc.array(fc.oneof(set, fc.constant(call), ...steps), { maxLength: 2 });

/** Journeys of which nobody hears what became of their messages. */
export const plainKit: Kit = { plain: [{ weight: 1, arbitrary: emit }], closing: endings(emit), deep: () => [] };
const stop: fc.Arbitrary<Yaml> = fc.constant({ stop: 'enough' });

/** Conditions over history in every form: rollups and windows, with `past`, the newest, tied to nothing. */
const ofTheShop = [
  'count("visit") > 1',
  'count("visit", "2 days") == 0',
  'count("repair.received", "1 week", past.repair_id == "r1") >= 1',
  'sum("repair.estimated", "cost", "3 days") > toman(30000)',
  'sum("repair.estimated", "cost", past.repair_id == "r0") > toman(10000)',
  'last("visit") > now - duration("30h")',
  'latest("visit").shop == "a"',
  'customer.tier == "gold"',
  'known(customer.phone)',
];
const known = ({ conditions = [] }: Kit): fc.Arbitrary<string> => fc.constantFrom(...ofTheShop, ...conditions);
export const condition = (kit: Kit): fc.Arbitrary<string | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: known(kit) });
export const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

/** Arms over different types, so that each is listed once. */
function arms(kit: Kit, depth: number): fc.Arbitrary<Yaml[]> {
  const arm = fc.record({
    when: condition(kit),
    since: fc.constantFrom(undefined, undefined, 'entry', 'last_wait'),
    then: optional(steps(kit, depth - 1, 2)),
    stay: fc.boolean(),
  });
  const clock = fc.record({ after: duration, when: condition(kit), then: steps(kit, depth - 1, 2) });
  return fc
    .tuple(
      fc.uniqueArray(typeFor(kit), { minLength: 1, maxLength: 3 }),
      fc.array(arm, { minLength: 3, maxLength: 3 }),
      fc.array(clock, { maxLength: 2 }),
    )
    .map(([types, rules, clocks]) => [
      ...types.map((event, place) => armOf(event, rules[place], `saved_${String(place)}`)),
      ...clocks.map((one) => without({ ...one })),
    ]);
}

function armOf(event: string, rule: Yaml | undefined, name: string): Yaml {
  const { stay, ...rest } = rule ?? {};
  return without({ event, ...rest, save_as: name, ...(stay === true && rest['then'] !== undefined ? { stay } : {}) });
}

function waitFor(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  const short = fc.record({ wait_for: typeFor(kit), when: condition(kit), at_most: optional(duration) });
  const list = fc.record({ wait_for: arms(kit, depth), at_most: duration, else: optional(steps(kit, depth - 1, 2)) });
  return fc.oneof(short, list).map(without);
}

function choose(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  const branch = fc.record({ when: known(kit), then: steps(kit, depth - 1, 2) });
  return fc
    .record({ choose: fc.array(branch, { minLength: 1, maxLength: 2 }), else: optional(steps(kit, depth - 1, 2)) })
    .map(({ choose: branches, else: otherwise }) => ({
      choose: [...branches, ...(otherwise === undefined ? [] : [{ else: otherwise }])],
    }));
}

function split(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  const arm = fc.record({ weight: fc.constantFrom('20%', '33.3%', '50%'), then: steps(kit, depth - 1, 2) });
  return fc
    .array(arm, { minLength: 1, maxLength: 2 })
    .map((list) => ({ split: list.map((one, place) => ({ name: `arm_${String(place)}`, ...one })) }));
}

function waitUntil(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  const moment = fc.constantFrom<Yaml | string>('best_hour', '=trigger_event.time + duration("30h")', {
    date: '=trigger_event.time',
    offset: '1 day',
    at: '10:00',
  });
  return fc
    .record({ wait_until: moment, then: optional(steps(kit, depth - 1, 2)), else: optional(steps(kit, depth - 1, 2)) })
    .map(without);
}

function task(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  const waited = fc.record({ within: duration, else: optional(steps(kit, depth - 1, 2)) });
  return fc
    .record({ due: optional(duration), assign_to: optional(fc.constant('desk')), rest: optional(waited) })
    .map(({ rest = {}, ...given }) => without({ task: 'look at {{trigger.repair_id}}', ...given, ...rest }));
}

export function steps(kit: Kit, depth: number, most: number): fc.Arbitrary<Yaml[]> {
  const plain = [
    { weight: 4, arbitrary: send },
    { weight: 3, arbitrary: wait },
    { weight: 1, arbitrary: stop },
    { weight: 1, arbitrary: set },
    ...kit.plain,
  ];
  const deep =
    depth <= 0
      ? []
      : [
          { weight: 4, arbitrary: waitFor(kit, depth) },
          { weight: 2, arbitrary: choose(kit, depth) },
          { weight: 1, arbitrary: split(kit, depth) },
          { weight: 1, arbitrary: waitUntil(kit, depth) },
          { weight: 1, arbitrary: task(kit, depth) },
          ...kit.deep(depth),
        ];
  return fc.array(fc.oneof(...plain, ...deep), { minLength: 1, maxLength: most }).map(uptoStop);
}

/** What stands below a stop cannot be reached, which the checker refuses. */
function uptoStop(list: readonly Yaml[]): Yaml[] {
  const place = list.findIndex((step) => 'stop' in step);
  return place < 0 ? [...list] : list.slice(0, place + 1);
}

export function without(fields: Yaml): Yaml {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
