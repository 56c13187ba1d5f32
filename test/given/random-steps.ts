import fc from 'fast-check';
import { purposeNames } from './random-policy.js';

export type Yaml = Record<string, unknown>;
type Steps = fc.Arbitrary<Yaml[]>;

export const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

export const types = ['repair.received', 'repair.estimated', 'repair.ready', 'repair.delivered', 'visit', 'purchase'];
const type = fc.constantFrom(...types);
export const duration = fc.constantFrom('30 minutes', '2 hours', '9 hours', '1 day', '2 days', '3 days', '1 week');

/** Without a variable that only some triggers give. */
export const condition = fc.constantFrom(
  'count("visit") > 1',
  'count("visit", "2 days") == 0',
  'sum("purchase", "amount", "3 days") > toman(300)',
  'last("visit") > now - duration("30h")',
  'latest("visit").shop == "a"',
  'customer.tier == "gold"',
  'known(customer.phone)',
  'credit() > toman(5)',
  'spent("9 days") < toman(1000)',
  'score("visits") >= 2',
  'quintile("visits") > 2',
  'in_audience("buyers")',
  'jalali(now).day < 15',
);

/** A template and its purpose have the same first word: `market-a` has an SMS and an e-mail, `market-b` an SMS. */
function message(kind: 'send' | 'ask', depth: number): fc.Arbitrary<Yaml> {
  return fc
    .record({
      purpose: fc.constantFrom(...purposeNames),
      which: fc.constantFrom('a', 'b'),
      hours: fc.constantFrom(undefined, undefined, undefined, 1, 6, 30),
      fallback: maybe(fc.constantFrom('10 minutes', '5 hours')),
      via: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 'sms', 'reply'),
      else: depth > 0 ? maybe(steps(depth - 1, 2)) : fc.constant(undefined),
    })
    .map(({ purpose, which, hours, fallback, ...rest }) =>
      without({
        [kind]: `${purpose}-${which}`,
        purpose,
        not_after: hours && `${String(hours)} hours`,
        fallback_after: fallback,
        ...rest,
      }),
    );
}

function ask(depth: number): Steps {
  const more = fc.record({
    answers: fc.constantFrom<unknown>('1..5', ['red', 'blue'], { yes: [1, 'بله'], no: [2, 'نه'] }, 'text'),
    within: duration,
    unless: fc.constantFrom(undefined, ['visit']),
    reask: fc.constantFrom(undefined, 1, 2),
  });
  return fc.tuple(message('ask', depth), more, steps(depth - 1, 2)).map(([sent, rest, then]) => [
    without({ ...sent, ...rest, save_as: 'answer' }),
    {
      choose: [{ when: 'known(answer) and answer.channel == "sms"', then }, { else: [{ set: { tier: 'silent' } }] }],
    },
  ]);
}

const wait: fc.Arbitrary<Yaml> = fc
  .oneof(
    { weight: 3, arbitrary: duration },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Yaml | string>(
        'working',
        '1 working day',
        { from: '10:00', to: '20:00' },
        { days: ['sat', 'mon', 'thu'], from: '21:00', to: '02:00' },
        { after: '1 day', at: '11:00' },
      ),
    },
  )
  .map((length) => ({ wait: length }));

const set: fc.Arbitrary<Yaml> = fc.constantFrom<Yaml>(
  { set: { tier: 'gold' } },
  { set: { tier: 'gone' } },
  { set: { tier: 'trouble' } },
  { set: { timezone: 'America/New_York' } },
  { set: { timezone: 'Asia/Tehran' } },
);

/** None of them gives consent: what a decision takes away by its own event, it may still use itself. */
const emit: fc.Arbitrary<Yaml> = fc.constantFrom<Yaml>(
  { emit: 'visit', data: { shop: 'a' } },
  { emit: 'repair.estimated', data: { repair_id: 'r1', cost: '=toman(20000)' } },
  { emit: 'repair.ready', data: { repair_id: 'r1' } },
  { emit: 'repair.delivered', data: { repair_id: 'r1' }, subject: '=customer.referred_by' },
  { emit: 'consent.withdrawn', data: { purpose: 'market' } },
);

const credit: Steps = fc
  .record({
    grant: fc.constantFrom('1000 rial', '=credit() * 0.5 + toman(7)', '=toman(customer.score_of)', '333 rial'),
    expires: fc.constantFrom('5 hours', '2 days', '6 days', { date: '=now', offset: '3 days', at: '23:59' }),
    round_to: fc.constantFrom(undefined, '30 rial'),
    at_most: fc.constantFrom(undefined, '777 rial'),
    between: maybe(wait),
    most: fc.constantFrom(undefined, '100 rial', 'none'),
  })
  .map(({ between, most, ...given }) => [
    without({ ...given, grant: given.grant.replace('customer.score_of', '30'), save_as: 'gift' }),
    ...(between === undefined ? [] : [between]),
    ...(most === 'none' ? [] : [without({ take_back: 'gift', at_most: most })]),
  ]);

function task(depth: number): fc.Arbitrary<Yaml> {
  const waited = fc.record({ within: duration, else: maybe(steps(depth - 1, 2)) });
  return fc
    .record({ due: maybe(duration), assign_to: maybe(fc.constant('desk')), rest: maybe(waited) })
    .map(({ rest = {}, ...given }) => without({ task: 'look at it', save_as: 'call', ...given, ...rest }));
}

function webhook(depth: number): fc.Arbitrary<Yaml> {
  return maybe(steps(depth - 1, 2)).map((otherwise) =>
    without({ webhook: 'https://example.com/hook', body: { who: '=customer.id' }, save_as: 'hook', else: otherwise }),
  );
}

/** Arms over different types, so that each is listed once. */
function waitFor(depth: number): fc.Arbitrary<Yaml> {
  const arm = fc.record({
    when: fc.constantFrom(undefined, undefined, 'count("visit") > 1', 'customer.tier == "gold"'),
    since: fc.constantFrom(undefined, undefined, 'entry', 'last_wait'),
    then: maybe(steps(depth - 1, 2)),
    stay: fc.boolean(),
  });
  const clock = fc.record({ after: duration, when: maybe(condition), then: steps(depth - 1, 2) });
  const list = fc
    .record({
      types: fc.uniqueArray(type, { minLength: 1, maxLength: 3 }),
      rules: fc.array(arm, { minLength: 3, maxLength: 3 }),
      clocks: fc.array(clock, { maxLength: 2 }),
      at_most: duration,
      else: maybe(steps(depth - 1, 2)),
    })
    .map(({ types: of, rules, clocks, ...rest }) => ({
      wait_for: [...of.map((event, place) => armOf(event, rules[place] ?? {}, place)), ...clocks.map(without)],
      ...rest,
    }));
  const short = fc.record({ wait_for: type, when: maybe(condition), at_most: maybe(duration) });
  return fc.oneof(short, list).map(without);
}

function armOf(event: string, { stay, ...rest }: Yaml, place: number): Yaml {
  const stays = stay === true && rest['then'] !== undefined;
  return without({ event, ...rest, save_as: `saved_${String(place)}`, ...(stays ? { stay } : {}) });
}

function choose(depth: number): fc.Arbitrary<Yaml> {
  const branch = fc.record({ when: condition, then: steps(depth - 1, 2) });
  return fc
    .tuple(fc.array(branch, { minLength: 1, maxLength: 2 }), maybe(steps(depth - 1, 2)))
    .map(([branches, otherwise]) => ({
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
  const moment = fc.constantFrom<Yaml | string>(
    'best_hour',
    '=now + duration("30h")',
    { date: '=now', offset: '1 day', at: '10:00' },
    { occasion: 'feast', offset: '-1 day', at: '18:00' },
    '1404-12-15',
  );
  return fc
    .record({ wait_until: moment, then: maybe(steps(depth - 1, 2)), else: maybe(steps(depth - 1, 2)) })
    .map(without);
}

const one = (step: fc.Arbitrary<Yaml>): Steps => step.map((given) => [given]);
const stop: fc.Arbitrary<Yaml> = fc.constant({ stop: 'enough' });

export function steps(depth: number, most: number): Steps {
  const plain = [
    { weight: 9, arbitrary: one(message('send', 0)) },
    { weight: 3, arbitrary: one(wait) },
    { weight: 1, arbitrary: one(stop) },
    { weight: 1, arbitrary: one(set) },
    { weight: 1, arbitrary: one(emit) },
    { weight: 2, arbitrary: credit },
  ];
  return fc
    .array(fc.oneof(...plain, ...(depth > 0 ? deep(depth) : [])), { minLength: 1, maxLength: most })
    .map((groups) => uptoStop(groups.flat()));
}

const deep = (depth: number): { weight: number; arbitrary: Steps }[] => [
  { weight: 2, arbitrary: one(message('send', depth)) },
  { weight: 5, arbitrary: ask(depth) },
  { weight: 3, arbitrary: one(waitFor(depth)) },
  { weight: 2, arbitrary: one(choose(depth)) },
  { weight: 1, arbitrary: one(split(depth)) },
  { weight: 1, arbitrary: one(waitUntil(depth)) },
  { weight: 1, arbitrary: one(task(depth)) },
  { weight: 1, arbitrary: one(webhook(depth)) },
];

export const closing: Steps = fc.array(
  fc.oneof(set, emit, fc.constantFrom<Yaml>({ task: 'call' }, { webhook: 'https://example.com/end' })),
  { maxLength: 2 },
);

/** What stands below a stop cannot be reached, which the checker refuses. */
function uptoStop(list: readonly Yaml[]): Yaml[] {
  const place = list.findIndex((step) => 'stop' in step);
  return place < 0 ? [...list] : list.slice(0, place + 1);
}

export function without(fields: Yaml): Yaml {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
