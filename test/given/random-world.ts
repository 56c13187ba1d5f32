import fc from 'fast-check';
import type { Customer } from '../../src/domain/customer.js';
import type { JsonObject } from '../../src/domain/json.js';
import { printProblem } from '../../src/domain/problem.js';
import { loadWorkspace, type Workspace } from '../../src/domain/workspace.js';
import { printTraceJson } from '../../src/simulate/print-trace.js';
import { simulate, type SimulatedEvent, type Simulation } from '../../src/simulate/simulator.js';
import { journeyNamed, type GivenJourney } from './random-journey.js';
import {
  fastDays,
  optInWord,
  optOutWord,
  policyText,
  purposeNames,
  purposes,
  type GivenPurpose,
} from './random-policy.js';
import { types } from './random-steps.js';
import type { Line } from './simulation.js';

/** Journeys, rules, customers and a fortnight of events, all at random. */
export interface World {
  readonly journeys: readonly GivenJourney[];
  readonly purposes: readonly GivenPurpose[];
  readonly customers: readonly Customer[];
  readonly events: readonly SimulatedEvent[];
  readonly channelResults: Simulation['channelResults'];
  readonly hookStatus: number;
}

const HOUR = 3_600_000;
export const start = Date.parse('2026-03-01T00:00:00Z');
export const until = start + 40 * 24 * HOUR;
const all = { market: true, quiet: true };
const people = ['ann', 'bob', 'cy'];

const customer = (id: string, place: number): fc.Arbitrary<Customer> =>
  fc
    .record({
      phone: fc.constantFrom<JsonObject>(...Array<JsonObject>(7).fill({ phone: `+98912000000${String(place)}` }), {}),
      email: fc.constantFrom<JsonObject>({ email: `${id}@example.com` }, {}),
      zone: fc.constantFrom<JsonObject>({}, {}, { timezone: 'America/New_York' }),
      more: fc.constantFrom<JsonObject>({}, { tier: 'trouble' }, { referred_by: 'ann', birth_date: '1370-12-17' }),
      consent: fc.constantFrom<Customer['consent']>(
        ...Array<typeof all>(5).fill(all),
        { market: true },
        { survey: false },
        {},
      ),
    })
    .map(({ phone, email, zone, more, consent }) => ({
      ...{ id, attributes: { ...phone, ...email, ...zone, ...more }, consent, closed: {} },
    }));

/** Of a customer one an hour at most, so that nobody asks which of them was first. */
const events: fc.Arbitrary<SimulatedEvent[]> = fc
  .uniqueArray(
    fc.record({
      customer: fc.constantFrom(...people),
      hour: fc.nat(14 * 24),
      type: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('repair.received', 'repair.received', ...types) },
        {
          weight: 2,
          arbitrary: fc.constantFrom(
            'message.received',
            'message.received',
            'customer.updated',
            'credit.redeemed',
            'task.done',
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom('repair.cancelled', 'consent.withdrawn', 'consent.granted') },
      ),
      late: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -2, max: 90 }) },
      ),
      pick: fc.nat(1_000),
    }),
    { selector: ({ customer: who, hour }) => `${who} ${String(hour)}`, minLength: 30, maxLength: 90, size: 'max' },
  )
  .map((list) =>
    list
      .sort((a, b) => a.hour - b.hour)
      .map(({ customer: who, hour, type, late, pick }, place): SimulatedEvent => {
        const arrival = start + hour * HOUR;
        const id = { id: `e${String(place)}`, source: '/shop', type, customer: who };
        return { ...id, time: arrival - late * HOUR, arrival, data: dataOf(type, pick) };
      }),
  );

const patches: readonly JsonObject[] = [
  { tier: 'gold', phone: '+989121234567' },
  { tier: 'gone' },
  { tier: 'trouble' },
  { timezone: 'America/New_York', tier: null },
  { timezone: null, email: null },
  { consent: { market: false } },
  { consent: { market: true } },
  { consent: { survey: true } },
];
const replies = ['1', '5', '1', 'red', 'red', 'بله', 'hello', 'hello', optOutWord, optInWord, optInWord];

const repairOf = (pick: number): JsonObject => ({ repair_id: `r${String(pick % 2)}` });
const wordOn = (pick: number): JsonObject => ({
  purpose: purposeNames[pick % 4] ?? 'market',
  ...(pick % 3 === 0 ? {} : { channel: 'sms' }),
});
const dataByType: Readonly<Record<string, ((pick: number) => JsonObject) | undefined>> = {
  visit: (pick) => ({ shop: ['a', 'b'][pick % 2] ?? 'a' }),
  purchase: (pick) => ({ amount: pick * 10 }),
  'repair.estimated': (pick) => ({ ...repairOf(pick), cost: pick * 1_000 }),
  'customer.updated': (pick) => patches[pick % patches.length] ?? {},
  'message.received': (pick) => ({
    ...{ channel: pick % 5 === 0 ? 'email' : 'sms', from: 'x' },
    text: replies[pick % replies.length] ?? '',
  }),
  'credit.redeemed': (pick) => ({ amount: pick * 3, reference: `b${String(pick % 5)}` }),
  'task.done': (pick) => ({ task_id: `task-${String((pick % 4) + 1)}`, result: 'done' }),
  'consent.withdrawn': wordOn,
  'consent.granted': wordOn,
};

function dataOf(type: string, pick: number): JsonObject {
  return (dataByType[type] ?? repairOf)(pick);
}

const results = fc.constantFrom<Simulation['channelResults']>(
  {},
  {},
  { sms: 'failed' },
  { sms: 'silent' },
  { sms: 'failed', email: 'failed' },
);

export const worlds: fc.Arbitrary<World> = fc.record({
  journeys: fc
    .tuple(journeyNamed('first'), journeyNamed('second'), journeyNamed('third'), fc.integer({ min: 1, max: 3 }))
    .map(([first, second, third, count]) => [first, second, third].slice(0, count)),
  purposes,
  customers: fc.tuple(...people.map(customer)),
  events,
  channelResults: results,
  hookStatus: fc.constantFrom(200, 500),
});

/** The world's files; throws, with what is wrong, where they do not check: then the generator is wrong. */
export function workspaceOf({ journeys, purposes: rules }: Pick<World, 'journeys' | 'purposes'>): Workspace {
  const files = [
    ...Object.entries(shop),
    ['journeys/policy.yaml', policyText(rules)] as const,
    ...journeys.map(({ name, text }) => [`journeys/${name}.yaml`, text] as const),
  ];
  const { workspace, problems } = loadWorkspace(new Map(files));
  const texts = journeys.map(({ text }) => text).join('---\n');
  if (workspace === undefined) throw new Error(`${problems.map(printProblem).join('\n')}\n${texts}`);
  return workspace;
}

const texts = purposeNames.flatMap((name): readonly (readonly [string, string])[] => [
  [`templates/${name}-a/sms.hbs`, `${name} {{default customer.tier "-"}}\n`],
  [`templates/${name}-a/email.hbs`, `---\nsubject: ${name}\n---\n<p>${name}</p>\n`],
  [`templates/${name}-b/sms.hbs`, `${name}\n`],
]);

const shop: Readonly<Record<string, string>> = {
  'journeys/events.yaml': `repair.received: { repair_id: text }
repair.estimated: { repair_id: text, cost: money }
repair.ready: { repair_id: text }
repair.delivered: { repair_id: text }
repair.cancelled: { repair_id: text }
visit: { shop?: text }
purchase: { amount: money }
`,
  'journeys/customers.yaml': 'tier?: text\n',
  'journeys/audiences.yaml': 'troubled: customer.tier == "trouble"\nbuyers: count("purchase") > 0\n',
  'journeys/scores.yaml': 'visits: count("visit")\n',
  'journeys/occasions.yaml': `fast: { dates: [${fastDays.join(', ')}] }\nfeast: { dates: [2026-03-12, 2026-03-25, 2027-03-12] }\n`,
  ...(Object.fromEntries(texts) as Record<string, string>),
};

/** What `peyk simulate --json` prints, and of what it warns. */
export function told(
  world: World,
  more: Partial<Simulation> = {},
): { readonly lines: readonly Line[]; readonly warned: readonly string[] } {
  const printed: string[] = [];
  const warned: string[] = [];
  const { customers, events: happened, channelResults, hookStatus } = world;
  simulate({
    workspace: more.workspace ?? workspaceOf(world),
    ...{ customers, events: happened, channelResults, from: start, until },
    webhookResults: { webhook: { status: hookStatus } },
    warn: (message) => warned.push(message),
    print: (line) => printed.push(printTraceJson(line)),
    ...more,
  });
  return { lines: printed.map((line) => JSON.parse(line) as Line), warned };
}

/** The same every time; `PEYK_PROPERTY_RUNS` and `PEYK_PROPERTY_SEED` try more and others. */
export function trying(runs: number): { readonly numRuns: number; readonly seed: number } {
  const more = process.env['PEYK_PROPERTY_RUNS'];
  return { numRuns: more === undefined ? runs : Number(more), seed: Number(process.env['PEYK_PROPERTY_SEED'] ?? 1405) };
}
