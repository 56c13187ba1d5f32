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
import { CLOSING_URL, outcomeKit, plans, resultsAt, writing, type Plan } from './random-outcomes.js';
import { VirtualOutbox } from './virtual-outbox.js';
import { setTime, virtualClock } from './virtual-clock.js';

const START = Date.parse('2026-03-01T00:00:00Z');
const UNTIL = START + UNTIL_AFTER;
const runs = Number(process.env['PEYK_AGREEMENT_RUNS'] ?? 40);
const seed = process.env['PEYK_AGREEMENT_SEED'];
const chosen = { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) };
/** Of one story, on a busy machine; one that does not end is told. */
const EACH_MS = 8_000;
const people = ['ann', 'bob'];
const consent = { market: true, quiet: true };
const phones = new Map(people.map((id, place) => [id, `+98912000000${String(place)}`]));

/** What only one of the two tells, or tells in its own words, is left out of both. */
function lines(traces: readonly Trace[]): readonly string[] {
  return traces.map((line) => printTraceJson(line).replace(/"task_id":"[^"]+"/, '"task_id":"task"')).sort();
}

/**
 * The story of a simulation, with the plan's results at each instant. Serving says nothing of a channel that failed or of a
 * fallback that is held or given up: that is in the message's row; that one leaves, and where to, is seen at the outbox.
 */
function simulated(workspace: Workspace, events: readonly SimulatedEvent[], plan: Plan): readonly string[] {
  const traces: Trace[] = [];
  let now = 0;
  let fallingBack = false;
  const print = (line: Trace): void => {
    now = line.at;
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

/**
 * Two engines and an outbox on one database, by turns: an event at a time, for of two in one batch serving decides the second before
 * it hears what became of what the first has sent, and a simulation after it.
 */
class Served {
  private turn = 0;
  private steps = 0;
  private readonly outbox: VirtualOutbox;
  readonly all: Running[] = [];

  constructor(
    private readonly bench: Bench,
    private running: readonly Running[],
    plan: Plan,
  ) {
    this.all.push(...running);
    this.outbox = new VirtualOutbox(bench, plan, this.next, () => this.resume());
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

  async take(event: SimulatedEvent): Promise<void> {
    await this.runUntil(event.arrival);
    await setTime(this.bench, event.arrival);
    await this.next().decide({ source: 'file', events: [event] });
    await this.rest();
  }

  /** Timers and what waits for a receipt, in the order in which they fall due; of one instant first the latter, as simulated. */
  async runUntil(limit: number): Promise<void> {
    for (;;) {
      const [{ wake, fallback } = { wake: null, fallback: null }] = await this.bench.sql<{
        wake: number | null;
        fallback: number | null;
      }>(`select (select extract(epoch from min(wake_at))::float8 * 1000 from enrolment) as wake,
        (select extract(epoch from min(fallback_at))::float8 * 1000 from message) as fallback`);
      const due = Math.min(wake ?? Infinity, fallback ?? Infinity);
      if (due >= limit) return;
      this.steps += 1;
      if (this.steps > MOST_STEPS) throw new Error(`this does not end: ${String(due)}`);
      await setTime(this.bench, due);
      if (fallback === due) await this.next().recheckMessages();
      else await this.next().decideDueTimers();
      await this.rest();
    }
  }

  get traces(): readonly Trace[] {
    return [...this.all.flatMap(({ watcher }) => watcher.traces), ...this.outbox.traces];
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
    events: readonly SimulatedEvent[],
    plan: Plan,
    changeAfter: number,
  ) {
    await begin();
    const engines = (workspace: Workspace) => Promise.all([1, 2].map(() => bench.engine(workspace)));
    const side = new Served(bench, await engines(shopWith(files)), plan);
    const sorted = [...events].sort((a, b) => a.arrival - b.arrival);
    for (const [place, event] of sorted.entries()) {
      if (place === changeAfter) await side.change(await engines(shopWith(reworded(files))));
      await side.take(event);
    }
    await side.runUntil(UNTIL + 1);
    expect(side.all.flatMap(({ watcher }) => watcher.poison)).toEqual([]);
    return lines(side.traces);
  }

  it(
    'tell the same story of any journeys, events and outcomes',
    async () => {
      const kinds = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          fc.tuple(journeyFile('first', outcomeKit), journeyFile('second', outcomeKit)),
          purposes,
          eventsFrom(START, writing),
          plans,
          fc.nat(30),
          async ([first, second], rules, events, plan, changeAfter) => {
            const files = { 'journeys/first.yaml': first, 'journeys/second.yaml': second, ...filesWith(rules) };
            const expected = simulated(shopWith(files), events, plan);
            for (const line of expected) kinds.add(/"kind":"(\w+)"/.exec(line)?.[1] ?? '');
            expect(await served(files, events, plan, changeAfter)).toEqual(expected);
          },
        ),
        { ...chosen, interruptAfterTimeLimit: runs * EACH_MS, markInterruptAsFailure: true },
      );
      expect([...kinds].sort()).toEqual(expect.arrayContaining(['answered', 'asked', 'webhook', 'sent', 'deferred']));
    },
    runs * EACH_MS + 60_000,
  );
});

/** Other files that say the same. */
function reworded(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(files).map(([name, text]) => [
    name,
    isJourney.test(name) ? `${text}title: In other words\n` : text,
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

const isJourney = /^journeys\/(?:first|second)\.yaml$/;
