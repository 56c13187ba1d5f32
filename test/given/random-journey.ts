import fc from 'fast-check';
import { stringify } from 'yaml';
import { cap, capText, hoursText, notAfter, quietHours, type GivenCap, type Hours } from './random-policy.js';
import { closing, condition, duration, maybe, steps, without, type Yaml } from './random-steps.js';

/** A whole valid journey, and what whoever works out the truth has to know of it. */
export interface GivenJourney {
  readonly name: string;
  readonly text: string;
  readonly caps: readonly GivenCap[];
  readonly quiet: Hours | undefined;
  readonly notAfter: number | undefined;
  /** It lets go of everybody whose tier is `gone`, or whose repair is cancelled. */
  readonly exitsGone: boolean;
  readonly exitsCancelled: boolean;
  readonly isTied: boolean;
  readonly sends: ReadonlyMap<string, GivenSend>;
}

/** A step that sends, by its id. */
export interface GivenSend {
  readonly purpose: string;
  readonly notAfter: number | undefined;
}

const received = { event: 'repair.received' };
const clocks = fc.constantFrom<Yaml>(
  { every: 'day', at: '18:00' },
  { every: 'thursday', at: '23:00', audience: 'buyers' },
  { cron: '30 9,22 1-31/2 * *' },
  { occasion: 'feast', offset: '-2 days', at: '02:30' },
  { anniversary: 'customer.birth_date', calendar: 'jalali', at: '10:00' },
  { absence: ['visit', 'purchase'], for: '3 days', at: '11:00' },
  { credit_expiring: '1 day', at: '11:00' },
);

const exits = fc.record({
  gone: fc.boolean(),
  cancelled: fc.boolean(),
  visit: maybe(condition),
});

const head = fc.record({
  about: fc.boolean(),
  clock: fc.option(clocks, { nil: undefined, freq: 4 }),
  trigger: fc.record({ when: maybe(condition), max_age: fc.constantFrom(undefined, '3 days', '1 hour') }),
  entry: fc.record({
    again: fc.constantFrom('always', 'always', 'always', 'never', 'after 1 day'),
    while_inside: fc.constantFrom('ignore', 'restart', 'update'),
  }),
  exits,
  goal: maybe(
    fc.record({
      event: fc.constantFrom('repair.delivered', 'purchase'),
      within: maybe(duration),
      continue: fc.boolean(),
    }),
  ),
  priority: fc.integer({ min: 1, max: 9 }),
  lasts_at_most: fc.constantFrom(undefined, '5 days'),
  holdout: fc.constantFrom(undefined, undefined, undefined, '30%'),
  limits: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    undefined,
    { entries: '3 per 1 day' },
    { credit: '3000 rial' },
  ),
  own: maybe(fc.record({ caps: fc.array(cap, { maxLength: 1 }), quiet: maybe(quietHours), late: maybe(notAfter) })),
  at_end: maybe(closing),
  steps: steps(2, 6),
});

/** `journeys/<name>.yaml`. */
export function journeyNamed(name: string): fc.Arbitrary<GivenJourney> {
  return head.map((given) => {
    const { caps = [], quiet, late } = given.own ?? {};
    const isTied = given.about && given.clock === undefined;
    const body = numbered(given.steps);
    const text = stringify(fileOf(name, given, isTied, body.steps), { aliasDuplicateObjects: false });
    const { gone: exitsGone, cancelled: exitsCancelled } = given.exits;
    return { name, text, caps, quiet, notAfter: late, exitsGone, exitsCancelled, isTied, sends: body.sends };
  });
}

type Head = typeof head extends fc.Arbitrary<infer T> ? T : never;

function fileOf(name: string, given: Head, isTied: boolean, body: readonly Yaml[]): Yaml {
  const { trigger, clock, entry, exits: ways, goal, own, limits, priority, lasts_at_most, holdout, at_end } = given;
  return without({
    journey: name,
    purpose: 'plain',
    policy: own && policyOf(own),
    about: isTied ? 'repair_id' : undefined,
    trigger: clock ?? without({ ...received, ...trigger }),
    entry: clock === undefined ? entry : { ...entry, while_inside: 'ignore' },
    exit: exitsOf(ways),
    goal: goal && without(goal),
    ...{ limits, priority, lasts_at_most, holdout, at_end: at_end?.length === 0 ? undefined : at_end },
    steps: body,
  });
}

function policyOf({ caps, quiet, late }: NonNullable<Head['own']>): Yaml | undefined {
  const own = without({
    caps: caps.length === 0 ? undefined : caps.map(capText),
    quiet_hours: quiet && hoursText(quiet),
    not_after: late && `${String(late)} hours`,
  });
  return Object.keys(own).length === 0 ? undefined : own;
}

function exitsOf({ gone, cancelled, visit }: Head['exits']): readonly Yaml[] | undefined {
  const all: Yaml[] = [
    ...(gone ? [{ when: 'customer.tier == "gone"' }] : []),
    ...(cancelled ? [{ event: 'repair.cancelled' }] : []),
    ...(visit === undefined ? [] : [{ event: 'visit', when: visit }]),
  ];
  return all.length === 0 ? undefined : all;
}

/** Each step that sends gets an id of its own. */
function numbered(given: readonly Yaml[]): { steps: readonly Yaml[]; sends: ReadonlyMap<string, GivenSend> } {
  const sends = new Map<string, GivenSend>();
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const step = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
    if (!('send' in step || 'ask' in step)) return step;
    const id = `m-${String(sends.size + 1)}`;
    const hours = typeof step['not_after'] === 'string' ? Number.parseInt(step['not_after'], 10) : undefined;
    sends.set(id, { purpose: String(step['purpose']), notAfter: hours });
    return { ...step, id };
  };
  return { steps: given.map((step) => visit(step) as Yaml), sends };
}
