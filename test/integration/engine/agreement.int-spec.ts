import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Trace } from '../../../src/domain/journey/decision.js';
import { loadWorkspace, type Workspace } from '../../../src/domain/workspace.js';
import { printTraceJson } from '../../../src/simulate/print-trace.js';
import { simulate, type SimulatedEvent, type Simulation } from '../../../src/simulate/simulator.js';
import { notRun } from '../../../src/engine/not-run.js';
import { Bench, DAY, event, HOUR, shopWith } from './engine-bench.js';
import { purposes } from '../../given/random-policy.js';
import { eventsFrom, filesWith, journeyFile, UNTIL_AFTER } from './random-journeys.js';
import { withMerges } from './random-merges.js';
import { quickCommits } from './virtual-clock.js';

const START = Date.parse('2026-03-01T00:00:00Z');
const runs = Number(process.env['PEYK_AGREEMENT_RUNS'] ?? 40);
/** Always the same stories, unless others are asked for: a gate that draws new ones each time says nothing of a change. */
const GATES_SEED = 12;
const seed = Number(process.env['PEYK_AGREEMENT_SEED'] ?? GATES_SEED);
const chosen = { numRuns: runs, seed };
/** Of fewer stories, unless they are known, nobody can demand that they have everything in them. */
const areEnough = runs >= (seed === GATES_SEED ? 40 : 150);
/** Of one story, on a busy machine. */
const EACH_MS = 8_000;
const people = ['ann', 'bob'];
const consent = { market: true, quiet: true };
const phones = new Map(people.map((id, place) => [id, `+98912000000${String(place)}`]));

function lines(traces: readonly Trace[]): readonly string[] {
  // Every store names its tasks in its own way.
  return traces.map((line) => printTraceJson(line).replace(/"task_id":"[^"]+"/, '"task_id":"task"')).sort();
}

/** Where nothing falls back, no receipt comes: the engine here has no provider that gives one. */
function simulated(
  workspace: Workspace,
  events: readonly SimulatedEvent[],
  until: number,
  channelResults: Simulation['channelResults'] = { sms: 'silent', email: 'silent' },
): readonly string[] {
  const traces: Trace[] = [];
  const customers = people.map((id) => ({
    id,
    attributes: { phone: phones.get(id) ?? '', email: `${id}@example.com` },
    consent,
    closed: {},
  }));
  simulate({
    ...{ workspace, customers, events, from: undefined, until, channelResults },
    print: (line) => traces.push(line),
  });
  const left = notRun(workspace);
  return lines(traces.filter(({ journey }) => !left.has(journey)));
}

/** The engines take turns; events of one instant go in one batch or in several, as `split` says. */
async function decided(
  bench: Bench,
  workspace: Workspace,
  events: readonly SimulatedEvent[],
  until: number,
  { engines, split }: { engines: number; split: boolean },
): Promise<readonly string[]> {
  await bench.clear();
  await bench.sql(
    `insert into customer (id, decided_at, created_at, attributes, consent)
     select id, '2026-01-01Z', '2026-01-01Z', jsonb_build_object('phone', phone, 'email', id || '@example.com'), $3::jsonb
     from unnest($1::text[], $2::text[]) as t(id, phone)`,
    [people, [...phones.values()], JSON.stringify(consent)],
  );
  const running = await Promise.all(Array.from({ length: engines }, () => bench.engine(workspace)));
  let turn = 0;
  const next = () => {
    turn += 1;
    const taken = running[turn % running.length];
    if (taken === undefined) throw new Error('no engine');
    return taken.engine;
  };
  for (const batch of batches(events, split)) {
    const [first] = batch;
    if (first === undefined || first.arrival > until) break;
    await bench.runTimers(next, first.arrival);
    bench.now = first.arrival;
    await next().decide({ source: 'file', events: batch });
    // What journeys say of others than their own customer.
    while ((await next().decidePending()) > 0);
  }
  await bench.runTimers(next, until + 1);
  expect(running.flatMap(({ watcher }) => watcher.poison)).toEqual([]);
  return lines(running.flatMap(({ watcher }) => watcher.traces));
}

function batches(events: readonly SimulatedEvent[], split: boolean): readonly SimulatedEvent[][] {
  const all: SimulatedEvent[][] = [];
  for (const one of [...events].sort((a, b) => a.arrival - b.arrival)) {
    const last = all.at(-1);
    if (split || last === undefined || last[0]?.arrival !== one.arrival) all.push([one]);
    else last.push(one);
  }
  return all;
}

describe('the engine and the simulator', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open(8, quickCommits);
  });
  afterAll(() => bench.close());

  const shipped = (): Workspace => {
    const names = ['journeys', 'templates'];
    const files = names.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.\w+$/.test(name))
        .map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')] as const),
    );
    const { workspace, problems } = loadWorkspace(new Map(files));
    if (workspace === undefined) throw new Error(JSON.stringify(problems));
    return workspace;
  };

  it.each([1, 2])('tell the same story of a repair, with %i engines', async (engines) => {
    const at = (hours: number, type: string, repair: string, data = {}): SimulatedEvent => ({
      ...event(type, 'ann', { repair_id: repair, ...data }),
      ...{ time: START + hours * HOUR, arrival: START + hours * HOUR },
    });
    const events = [
      at(0, 'repair.received', 'r1', { device: 'laptop' }),
      at(1, 'repair.received', 'r2', { device: 'phone' }),
      at(5, 'repair.sent_to_workshop', 'r1'),
      at(60, 'repair.estimated', 'r1', { cost: 4_500_000 }),
      // Skips a stage; and another repair is cancelled in the middle of its wait.
      at(61, 'repair.ready', 'r1'),
      at(62, 'repair.cancelled', 'r2'),
      at(90, 'repair.delivered', 'r1'),
    ];
    const workspace = shipped();
    // Each message has its receipt, so that none falls back.
    const expected = simulated(workspace, events, START + 400 * DAY, {});
    expect(expected.filter((line) => line.includes('"sent"')).length).toBeGreaterThan(4);
    expect(await decided(bench, workspace, events, START + 400 * DAY, { engines, split: true })).toEqual(expected);
  });

  it.each([1, 2])('tell the same story where a journey makes one of two, with %i engines', async (engines) => {
    const workspace = shopWith({
      'journeys/coming.yaml': `journey: coming
purpose: service
trigger: { event: visit }
steps:
  - wait_for: repair.ready
    at_most: 2 days
  - send: hello
at_end:
  - emit: visit
    data: { shop: "{{customer.id}}" }
  - emit: repair.ready
    data: { repair_id: r1 }
    subject: anon
`,
      'journeys/knowing.yaml': `journey: knowing
purpose: service
trigger: { event: order.placed }
steps:
  - send: hello
  - emit: customer.merged
    data: { from: anon, into: "{{customer.id}}" }
  - emit: visit
    data: { shop: b }
    subject: anon
  - emit: visit
    data: { shop: a }
  - wait: 1 hour
  - send: bye
`,
    });
    const at = (hours: number, type: string, customer: string, data = {}): SimulatedEvent => ({
      ...event(type, customer, data),
      ...{ time: START + hours * HOUR, arrival: START + hours * HOUR },
    });
    const events = [
      at(0, 'visit', 'anon', { shop: 'a' }),
      at(1, 'visit', 'ann', { shop: 'a' }),
      at(2, 'order.placed', 'ann'),
      at(3, 'repair.ready', 'anon', { repair_id: 'r2' }),
      at(4, 'order.placed', 'bob'),
    ];
    const until = START + DAY;
    const expected = simulated(workspace, events, until);
    const left = expected.filter((line) => line.includes('"reason":"merged"'));
    expect(left.length).toBeGreaterThan(1);
    expect(await decided(bench, workspace, events, until, { engines, split: true })).toEqual(expected);
  });

  it.each([1, 2])(
    'tell the same story of timers of one instant, of which one ends another, with %i engines',
    async (engines) => {
      const workspace = shopWith({
        'journeys/first.yaml': `journey: first
purpose: service
entry: { again: always, while_inside: restart }
policy: { caps: [1 per 5 hours] }
trigger: { event: repair.received }
steps:
  - wait: 1 hour
  - send: hello
  - wait: 1 day
`,
        'journeys/second.yaml': `journey: second
purpose: service
trigger: { event: visit }
steps:
  - wait: 1 hour
  - emit: repair.received
    data: { repair_id: r1 }
`,
      });
      const events = [event('repair.received', 'ann', { repair_id: 'r1' }), event('visit', 'ann', { shop: 'a' })].map(
        (one) => ({ ...one, time: START, arrival: START }),
      );
      const until = START + DAY / 2;
      const expected = simulated(workspace, events, until);
      // What was sent before the restart counts.
      expect(expected.filter((line) => line.includes('"capped"'))).toHaveLength(1);
      expect(await decided(bench, workspace, events, until, { engines, split: true })).toEqual(expected);
    },
  );

  it(
    'tell the same story of any journeys and any events',
    async () => {
      const kinds = new Map<string, number>();
      let merged = 0;
      await fc.assert(
        fc.asyncProperty(
          journeyFile('first'),
          journeyFile('second'),
          purposes,
          withMerges(eventsFrom(START)),
          fc.constantFrom(1, 2),
          fc.boolean(),
          async (first, second, rules, events, engines, split) => {
            const workspace = shopWith({
              'journeys/first.yaml': first,
              'journeys/second.yaml': second,
              ...filesWith(rules),
            });
            const until = START + UNTIL_AFTER;
            const expected = simulated(workspace, events, until);
            for (const line of expected) {
              const kind = /"kind":"(\w+)"/.exec(line)?.[1] ?? '';
              kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
              if (line.includes('"reason":"merged"')) merged += 1;
            }
            expect(await decided(bench, workspace, events, until, { engines, split })).toEqual(expected);
          },
        ),
        chosen,
      );
      if (!areEnough) return;
      expect(merged).toBeGreaterThan(0);
      // The stories have everything in them that can be told.
      expect([...kinds.keys()].sort()).toEqual([
        'chosen',
        'deferred',
        'emitted',
        'entered',
        'exited',
        'goal',
        'not_entered',
        'resumed',
        'sent',
        'set',
        'split',
        'suppressed',
        'task',
        'waiting',
      ]);
    },
    Math.max(300_000, runs * EACH_MS),
  );
});
