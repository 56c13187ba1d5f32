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
import { condition, duration, optional, plainKit, steps, TYPES, without, type Kit, type Yaml } from './random-steps.js';

const journey = (kit: Kit) =>
  fc.record({
    purpose: fc.constantFrom(...purposeNames),
    priority: fc.integer({ min: 1, max: 9 }),
    own: optional(
      fc.record({
        caps: optional(cap.map((one) => [capText(one)])),
        quiet_hours: optional(quietHours.map(hoursText)),
      }),
    ),
    about: fc.boolean(),
    starts: fc.constantFrom('repair.received', ...(kit.starts ?? [])),
    trigger: fc.record({ when: condition(kit), max_age: fc.constantFrom(undefined, '3 days', '1 hour') }),
    entry: fc.record({
      again: fc.constantFrom('always', 'never', 'after 1 day'),
      while_inside: fc.constantFrom(...(kit.insides ?? ['ignore', 'restart', 'update'])),
    }),
    exit: optional(
      fc.record({ event: fc.constantFrom(...(kit.exits ?? ['repair.cancelled', 'visit'])), when: condition(kit) }),
    ),
    goal: optional(
      fc.record({
        event: fc.constantFrom(...(kit.goals ?? ['repair.delivered'])),
        within: optional(duration),
        continue: fc.boolean(),
      }),
    ),
    lasts_at_most: fc.constantFrom(undefined, '5 days'),
    holdout: fc.constantFrom(undefined, undefined, '50%'),
    at_end: optional(kit.closing),
    /** Its end begins it anew, so that its chain is cut. */
    circles: fc.integer({ min: 0, max: 5 }).map((one) => one === 0 && kit === plainKit),
    top: kit.top ?? fc.constant<Yaml>({}),
    steps: steps(kit, 2, 5),
  });

/** A circle with a wait in it would go on for weeks. */
const aWhile = { when: 'count("repair.received") < 20' };
const again = { emit: 'repair.received', data: { repair_id: '=trigger.repair_id' } };

function startedBy(name: string, starts: string, { when, ...trigger }: { readonly when: string | undefined }): Yaml {
  const event = name === 'second' ? starts : 'repair.received';
  const seldom = `count("${event}") < 10`;
  return { event, ...trigger, when: when === undefined ? seldom : `(${when}) && ${seldom}` };
}

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
export function journeyFile(name: string, kit: Kit = plainKit): fc.Arbitrary<string> {
  return journey(kit).map(
    ({ about, starts, trigger, exit, goal, entry, at_end, own, top, circles: wanted, ...rest }) => {
      // Two of them would double with each step.
      const circles = wanted && name === 'first';
      return stringify(
        without({
          journey: name,
          policy: own && without(own),
          ...(about ? { about: 'repair_id' } : {}),
          trigger: without({
            ...(kit.starts === undefined ? { event: 'repair.received', ...trigger } : startedBy(name, starts, trigger)),
            ...(circles ? aWhile : {}),
          }),
          entry,
          exit: exit && without(exit),
          goal: goal && without(goal),
          at_end: circles ? [again] : at_end,
          ...top,
          ...rest,
        }),
        // Two steps alike are one object here, and no anchor there.
        { aliasDuplicateObjects: false },
      );
    },
  );
}

/** What customers write, and how often. */
export interface Writing {
  readonly weight: number;
  readonly texts: readonly string[];
}

const words: Writing = { weight: 1, texts: [optOutWord, optInWord, 'hello'] };

/** A fortnight of two customers: duplicates, late ones, ties, and what overtakes what. */
export function eventsFrom(start: number, writing = words): fc.Arbitrary<SimulatedEvent[]> {
  const one = fc.record({
    id: fc.nat(30),
    customer: fc.constantFrom('ann', 'bob'),
    type: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom<string>(...TYPES, 'repair.received') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('repair.cancelled', 'customer.updated', 'consent.withdrawn', 'consent.granted'),
      },
      { weight: writing.weight, arbitrary: fc.constant('message.received') },
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
        data: of === 'message.received' ? replyOf(writing, cost, pick) : dataOf(of, repair, cost, pick),
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
    case 'consent.withdrawn':
    case 'consent.granted':
      return { purpose: purposeNames[cost % 4] ?? 'market', ...(pick === 0 ? { channel: 'sms' } : {}) };
    default:
      return { repair_id: repair };
  }
}

function replyOf({ texts }: Writing, cost: number, pick: number): SimulatedEvent['data'] {
  return { channel: pick === 1 ? 'email' : 'sms', from: 'x', text: texts[cost % texts.length] ?? '' };
}

export const UNTIL_AFTER = 40 * DAY;
