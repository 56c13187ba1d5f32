import fc from 'fast-check';
import type { Trace } from '../../../src/domain/journey/decision.js';
import type { Witness } from '../../../src/domain/journey/witness.js';
import type { Workspace } from '../../../src/domain/workspace.js';
import type { Engine } from '../../../src/engine/engine.js';
import { notRun } from '../../../src/engine/not-run.js';
import { printTraceJson } from '../../../src/simulate/print-trace.js';
import { simulate, type SimulatedEvent, type Simulation } from '../../../src/simulate/simulator.js';
import { purposes } from '../../given/random-policy.js';
import { Bench, shopWith, type Running } from './engine-bench.js';
import { eventsFrom, filesWith, journeyFile, UNTIL_AFTER } from './random-journeys.js';
import { clicksFrom, idle, linkedFiles, links, SimulatedClicks, withoutCodes, type Click } from './random-clicks.js';
import { CLOSING_URL, outcomeKits, plans, resultsAt, writing, type Plan } from './random-outcomes.js';
import { withMerges } from './random-merges.js';
import { VirtualOutbox } from './virtual-outbox.js';
import { setTime, virtualClock } from './virtual-clock.js';

const START = Date.parse('2026-03-01T00:00:00Z');
const UNTIL = START + UNTIL_AFTER;
const runs = Number(process.env['PEYK_AGREEMENT_RUNS'] ?? 40);
/** Always the same stories, unless others are asked for: a gate that draws new ones each time says nothing of a change. */
const seed = Number(process.env['PEYK_AGREEMENT_SEED'] ?? 20_261_122);
const chosen = { numRuns: runs, seed };
/** Of one story, on a busy machine; one that does not end is told. */
const EACH_MS = 8_000;
const people = ['ann', 'bob'];
const consent = { market: true, quiet: true };
const phones = new Map(people.map((id, place) => [id, `+98912000000${String(place)}`]));

/** What only one of the two tells, or tells in its own words, is left out of both. */
function lines(traces: readonly Trace[]): readonly string[] {
  return traces
    .map((line) => withoutCodes(printTraceJson(line)).replace(/"task_id":"[^"]+"/, '"task_id":"task"'))
    .sort();
}

/**
 * The story of a simulation, with the plan's results at each instant. Serving says nothing of a channel that failed or of a
 * fallback that is held or given up: that is in the message's row; that one leaves, and where to, is seen at the outbox.
 */
function simulated(workspace: Workspace, happenings: readonly Happening[], plan: Plan): readonly string[] {
  const traces: Trace[] = [];
  const clicks = new SimulatedClicks();
  const events = happenings.map((one) => ('pick' in one ? clicks.eventOf(one) : one));
  let now = 0;
  let fallingBack = false;
  const print = (line: Trace): void => {
    now = line.at;
    clicks.hear(line);
    if (line.kind === 'failed' || (fallingBack && (line.kind === 'deferred' || line.kind === 'suppressed'))) return;
    if (fallingBack && line.kind === 'sent') traces.push(bare(line));
    else traces.push(line.kind === 'webhook' && line.url === CLOSING_URL ? { ...line, status: undefined } : line);
  };
  const witness = listener(({ stimulus }) => (fallingBack = stimulus === 'fall_back'));
  simulate({
    ...{ workspace, events, from: undefined, until: UNTIL, print, witness: () => witness },
    customers: people.map((id) => ({
      id,
      attributes: { phone: phones.get(id) ?? '', email: `${id}@example.com` },
      consent,
      closed: {},
    })),
    channelResults: resultsOf(plan, () => now),
    webhookResults: plan.answers,
  });
  const left = notRun(workspace);
  expect([...left]).toEqual([]);
  return lines(traces);
}

function bare({ at, customer, journey, key, step, ...line }: Extract<Trace, { kind: 'sent' }>): Trace {
  const { kind, template, channel, to } = line;
  return { at, customer, journey, key, step, kind, template, channel, to, text: '' };
}

function listener(turns: Witness['turns']): Witness {
  const nothing = (): void => undefined;
  return { turns, asked: nothing, tested: nothing, said: nothing, stands: nothing };
}

/** What the plan says at the instant of the line that was printed last: a simulation asks right after it has printed `sent`. */
function resultsOf(plan: Plan, now: () => number): Simulation['channelResults'] {
  const results: Simulation['channelResults'] = {};
  for (const channel of ['sms', 'email'] as const)
    Object.defineProperty(results, channel, { get: () => resultsAt(plan, now())[channel] });
  return results;
}

const MOST_STEPS = 1_000;

type Happening = SimulatedEvent | Click;

/** Journeys and what becomes of their messages: where e-mails tell nothing, nothing waits for what they might. */
const stories = fc
  .record({ mail: fc.constantFrom('tells' as const, 'quiet' as const), emits: fc.constantFrom(0 as const, 1 as const) })
  .chain(({ mail, emits }) => {
    const kit = outcomeKits[mail][emits];
    return fc.record({ first: journeyFile('first', kit), second: journeyFile('second', kit), plan: plans(mail) });
  });

/**
 * Two engines and an outbox on one database, by turns: an event at a time, for of two in one batch serving decides the second before
 * it hears what became of what the first has sent, and a simulation after it.
 */
class Served {
  /** From here on the two may part: see `together`. */
  unsure = Infinity;
  private turn = 0;
  private steps = 0;
  private readonly outbox: VirtualOutbox;
  readonly all: Running[] = [];

  constructor(
    private readonly bench: Bench,
    private running: readonly Running[],
    private readonly plan: Plan,
  ) {
    this.all.push(...running);
    this.outbox = new VirtualOutbox(
      bench,
      plan,
      this.next,
      () => this.resume(),
      () => this.recheck(),
    );
  }

  readonly next = (): Engine => {
    this.turn += 1;
    const taken = this.running[this.turn % this.running.length];
    if (taken === undefined) throw new Error('no engine');
    return taken.engine;
  };

  /** From now on these serve; who is inside is moved to their files. */
  async change(running: readonly Running[]): Promise<void> {
    this.running = running;
    this.all.push(...running);
    for (const { engine } of running) while (await engine.changeFiles());
  }

  async take(one: Happening): Promise<void> {
    await this.runUntil(one.arrival);
    await setTime(this.bench, one.arrival);
    if (!('pick' in one)) await this.next().decide({ source: 'file', events: [one] });
    else if (!(await this.outbox.click(one.customer, one.pick)))
      await this.next().decide({ source: 'file', events: [idle(one)] });
    await this.rest();
  }

  /** Timers and what waits for a receipt, in the order in which they fall due; of one instant first the latter, as simulated. */
  async runUntil(limit: number): Promise<void> {
    for (;;) {
      const [{ wake, fallback } = { wake: null, fallback: null }] = await this.bench.sql<{
        wake: number | null;
        fallback: number | null;
      }>(`select (select extract(epoch from min(wake_at))::float8 * 1000 from enrolment) as wake,
        (select extract(epoch from min(least(fallback_at, case when state = 'deferred' then next_at end)))::float8 * 1000
         from message) as fallback`);
      const due = Math.min(wake ?? Infinity, fallback ?? Infinity);
      if (due >= limit) return;
      this.steps += 1;
      if (this.steps > MOST_STEPS) throw new Error(`this does not end: ${String(due)}`);
      await setTime(this.bench, due);
      const together = fallback === due ? [] : await this.together(due);
      if (fallback === due) await this.recheck();
      else await this.next().decideDueTimers();
      await this.rest();
      if (together.length > 0 && (await this.haveLeft(together, due))) this.unsure = Math.min(this.unsure, due);
    }
  }

  /**
   * Who has several timers of that instant while a channel fails: serving decides them all before it hears what became of what
   * the first has sent, which a cap counts until then; a simulation hears of it at once.
   */
  private async together(due: number): Promise<readonly string[]> {
    if (!Object.values(resultsAt(this.plan, due)).includes('failed')) return [];
    const rows = await this.bench.sql<{ customer_id: string }>(
      `select customer_id from enrolment where wake_at = to_timestamp($1::float8 / 1000) group by 1 having count(*) > 1`,
      [due],
    );
    return rows.map(({ customer_id }) => customer_id);
  }

  private async haveLeft(customers: readonly string[], at: number): Promise<boolean> {
    const rows = await this.bench.sql(
      `select from message where customer_id = any($1::text[]) and created_at = to_timestamp($2::float8 / 1000) limit 1`,
      [customers, at],
    );
    return rows.length > 0;
  }

  get traces(): readonly Trace[] {
    return [...this.all.flatMap(({ watcher }) => watcher.traces), ...this.outbox.traces];
  }

  /** What it tells is of messages on their way to a further channel, of which a simulation's words are left out. */
  private async recheck(): Promise<void> {
    const told = this.all.map(({ watcher }) => watcher.traces.length);
    await this.next().recheckMessages();
    for (const [place, { watcher }] of this.all.entries()) watcher.traces.splice(told[place] ?? 0);
  }

  private async rest(): Promise<void> {
    await this.resume();
    await this.outbox.empty();
  }

  /** A journey that has paused itself by its limit goes on at once: a simulation does not pause it. */
  private async resume(): Promise<void> {
    await this.bench.sql('delete from pause');
  }
}

describe('the engine and the simulator, of messages that arrive, fail and are answered', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open(8, virtualClock);
  });
  afterAll(() => bench.close());

  async function begin(): Promise<void> {
    await bench.clear();
    await bench.sql(
      `insert into customer (id, decided_at, created_at, attributes, consent)
       select id, '2026-01-01Z', '2026-01-01Z', jsonb_build_object('phone', phone, 'email', id || '@example.com'), $3::jsonb
       from unnest($1::text[], $2::text[]) as t(id, phone)`,
      [people, [...phones.values()], JSON.stringify(consent)],
    );
  }

  /** The files change after so many events, in their words only. */
  async function served(
    files: Readonly<Record<string, string>>,
    happenings: readonly Happening[],
    plan: Plan,
    changeAfter: number,
  ) {
    await begin();
    const engines = (workspace: Workspace) => Promise.all([1, 2].map(() => bench.engine({ ...workspace, links })));
    const side = new Served(bench, await engines(shopWith(files)), plan);
    const sorted = [...happenings].sort((a, b) => a.arrival - b.arrival);
    for (const [place, one] of sorted.entries()) {
      if (place === changeAfter) await side.change(await engines(shopWith(reworded(files))));
      await side.take(one);
    }
    await side.runUntil(UNTIL + 1);
    expect(side.all.flatMap(({ watcher }) => watcher.poison)).toEqual([]);
    return { told: lines(side.traces), unsure: side.unsure };
  }

  it(
    'tell the same story of any journeys, events and outcomes',
    async () => {
      const kinds = new Set<string>();
      const compared: boolean[] = [];
      await fc.assert(
        fc.asyncProperty(
          stories,
          purposes,
          fc.tuple(withMerges(eventsFrom(START, writing)), clicksFrom(START)),
          fc.nat(30),
          async ({ first, second, plan }, rules, [events, clicks], changeAfter) => {
            const files = {
              ...filesWith(rules),
              ...linkedFiles,
              'journeys/first.yaml': first,
              'journeys/second.yaml': second,
            };
            const happenings = [...events, ...clicks];
            const expected = simulated(shopWith(files), happenings, plan);
            for (const line of expected) kinds.add(kindOf(line));
            const { told, unsure } = await served(files, happenings, plan, changeAfter);
            const before = (line: string) => Date.parse((JSON.parse(line) as { at: string }).at) < unsure;
            expect(told.filter(before)).toEqual(expected.filter(before));
            compared.push(unsure === Infinity);
          },
        ),
        { ...chosen, plugins: [fc.interruptAfterTimeLimit(runs * EACH_MS, { failOnInterrupt: true })] },
      );
      expect(compared.filter(Boolean).length).toBeGreaterThan(0.8 * compared.length);
      expect([...kinds].sort()).toEqual(expect.arrayContaining(runs < 100 ? often : [...often, ...seldom]));
    },
    runs * EACH_MS + 60_000,
  );

  it('part where two timers of a customer fall due at one instant while a channel fails: a simulation hears of it in between', async () => {
    const files = {
      ...filesWith(['market', 'survey'].map((name) => ({ ...oneADay, name }))),
      ...linkedFiles,
      'journeys/first.yaml': aDayLater('first'),
      'journeys/second.yaml': aDayLater('second'),
    };
    const plan: Plan = { results: [{ sms: 'failed', email: 'failed' }], answers: {} };
    const received = {
      id: 'e1',
      source: '/shop',
      type: 'repair.received',
      customer: 'ann',
      time: START,
      arrival: START,
    };
    const events = [{ ...received, data: { repair_id: 'r0' } }];
    const toldOf = (lines: readonly string[], journey: string): readonly string[] =>
      lines
        .filter((line) => line.includes(`"journey":"${journey}"`))
        .flatMap((line) => /"kind":"(sent|suppressed)"/.exec(line)?.[1] ?? []);
    const expected = simulated(shopWith(files), events, plan);
    expect(toldOf(expected, 'first')).toContain('sent');
    expect(toldOf(expected, 'second')).toContain('sent');
    const { told, unsure } = await served(files, events, plan, 1);
    expect(toldOf(told, 'first')).toContain('sent');
    expect(toldOf(told, 'second')).toEqual(['suppressed']);
    expect(unsure).toBe(START + 24 * 3_600_000);
  });
});

/** What failed does not count for it. */
const oneADay: Omit<Parameters<typeof filesWith>[0][number], 'name'> = {
  ...{ consent: 'not_needed', quiet: undefined, drops: true, isBlackedOut: false },
  ...{ exceptsTroubled: false, notAfter: undefined, sample: undefined },
  caps: [{ messages: 1, amount: 1, unit: 'day' }],
};

const aDayLater = (name: string): string => `journey: ${name}
purpose: market
trigger: { event: repair.received }
steps:
  - wait: 1 day
  - send: hello
`;

/** What is told in many stories, and in one of twenty. */
const often = ['asked', 'webhook', 'sent', 'deferred'];
const seldom = ['answered', 'emitted', 'resumed by a click'];

function kindOf(line: string): string {
  if (line.includes('"event":"message.clicked"')) return 'resumed by a click';
  return /"kind":"(\w+)"/.exec(line)?.[1] ?? '';
}

/** Other files that say the same. */
function reworded(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(files).map(([name, text]) => [
    name,
    isJourney.test(name) ? `${text}title: In other words\n` : text,
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

const isJourney = /^journeys\/(?:first|second)\.yaml$/;
