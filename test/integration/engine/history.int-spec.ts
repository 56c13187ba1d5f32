import fc from 'fast-check';
import { JournalHistory } from '../../../src/domain/expression/journal-history.js';
import type { HistoryCall } from '../../../src/domain/expression/expression.js';
import type { HistoryEvent } from '../../../src/domain/expression/scope.js';
import { parseDuration } from '../../../src/domain/time/duration.js';
import { addDuration } from '../../../src/domain/time/arithmetic.js';
import type { Clock } from '../../../src/domain/time/instant.js';
import { HistoryLoader } from '../../../src/engine/history-loader.js';
import { LoadedHistory } from '../../../src/engine/loaded-history.js';
import type { IncomingEvent } from '../../../src/intake/intake.js';
import { Bench, DAY, event, HOUR, shopWith } from './engine-bench.js';

const NOW = Date.parse('2026-06-15T09:30:00Z');
const clock: Clock = { zone: 'Asia/Tehran', calendar: 'jalali' };
const WINDOWS = ['1 minute', '1 hour', '9 hours', '1 day', '2 days', '1 week', '1 month', '1 year'];

function call(given: Omit<HistoryCall, 'conditional' | 'window'>, window?: string, conditional = false): HistoryCall {
  const duration = window === undefined ? undefined : parseDuration(window);
  return { ...given, conditional, ...(duration === undefined ? {} : { window: duration }) };
}

/** Counts what the tests ask for. */
const counting = shopWith({
  'journeys/counting.yaml': `journey: counting
purpose: service
trigger: { event: repair.received, when: 'count("repair.estimated") > 0 && sum("repair.estimated", "cost") > toman(1)' }
steps:
  - send: hello
`,
  'journeys/summing.yaml': `journey: summing
purpose: service
trigger: { event: repair.received, when: 'sum("order.placed", "total") > 0' }
steps:
  - send: hello
`,
});

describe('the history that a batch reads', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(() => bench.clear());
  afterAll(() => bench.close());

  /** Decides events that arrive all at one instant, and keeps the same in a journal. */
  async function keep(events: readonly IncomingEvent[], workspace = counting): Promise<JournalHistory> {
    bench.now = NOW;
    const { engine } = await bench.engine(workspace);
    const outcomes = await engine.decide({ source: 'file', events });
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    const journal = new JournalHistory();
    events.forEach((one, place) => {
      const time = Math.min(one.time ?? NOW, NOW);
      journal.append({ ...one, time, arrival: NOW, seq: place + 1 });
    });
    return journal;
  }

  /** How far day rows of the type are kept when history is read: all lead to the same answers. */
  const states = ['kept', 'not kept', 'to be filled', 'filled later'] as const;

  async function keepAs(state: (typeof states)[number], events: readonly IncomingEvent[]): Promise<JournalHistory> {
    const journal = await keep(events, state === 'kept' ? counting : shopWith({}));
    if (state === 'to be filled' || state === 'filled later') {
      const { engine } = await bench.engine(counting);
      while (state === 'filled later' && (await engine.fillRollups()));
    }
    const rows = await bench.sql('select filled from rolled_type where type = $1', ['repair.estimated']);
    expect(rows).toEqual(state === 'not kept' ? [] : [{ filled: state !== 'to be filled' }]);
    return journal;
  }

  async function read(ask: (loader: HistoryLoader, history: LoadedHistory) => void): Promise<LoadedHistory> {
    const [loader, history] = [new HistoryLoader(), new LoadedHistory()];
    ask(loader, history);
    await bench.db.transaction((tx) => loader.load(tx));
    return history;
  }

  const seqs = (events: readonly HistoryEvent[] | undefined): number[] | undefined => events?.map(({ seq }) => seq);

  /** Around midnights in UTC and Tehran, and around the starts of the windows. */
  const edges = WINDOWS.map((window) =>
    addDuration(NOW, parseDuration(window) ?? { amount: 1, unit: 'day' }, clock, -1),
  );
  const time = fc.oneof(
    fc.integer({ min: NOW - 40 * DAY, max: NOW + HOUR }),
    fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -2, max: 2 })).map(([at, off]) => at + off),
    fc.tuple(fc.nat(10), fc.integer({ min: -1, max: 1 })).map(([days, off]) => Date.UTC(2026, 5, 15 - days) + off),
  );
  const estimate = fc.record({
    time,
    cost: fc.integer({ min: 0, max: 9_000_000_000 }),
    repair: fc.constantFrom('a', 'b'),
  });

  it('answers as a journal of all events does, whatever the window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(estimate, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...states),
        async (list, state) => {
          await bench.clear();
          const events = list.map(({ time: at, cost, repair }) =>
            event('repair.estimated', 'ann', { repair_id: repair, cost }, { time: at }),
          );
          // What someone else did is never seen.
          const journal = await keepAs(state, events);
          bench.now = NOW;
          const type = 'repair.estimated';
          const tie = { path: ['repair_id'], value: 'a' };
          const calls = [undefined, ...WINDOWS].flatMap((window) => [
            call({ function: 'count', type }, window),
            call({ function: 'sum', type, field: 'cost' }, window),
            call({ function: 'count', type }, window, true),
          ]);
          const loaded = await read((loader, history) => {
            loader.askCalls(history, 'ann', [...calls, call({ function: 'last', type })], NOW, clock);
          });
          for (const window of [undefined, ...WINDOWS]) {
            const duration = window === undefined ? undefined : parseDuration(window);
            const from = duration && addDuration(NOW, duration, clock, -1);
            expect([window, loaded.count(type, from)]).toEqual([window, journal.count(type, from, NOW)]);
            expect([window, loaded.sum(type, 'cost', from)]).toEqual([window, journal.sum(type, 'cost', from, NOW)]);
            expect(seqs(loaded.events(type, from))).toEqual(seqs(journal.events(type, from, NOW)));
          }
          expect(loaded.last(type)).toBe(journal.last(type));
          const [first] = list;
          const since = Math.min(first?.time ?? NOW, NOW);
          const tied = await read((loader, history) => {
            const journey = shopWith({
              'journeys/tied.yaml':
                'journey: tied\npurpose: service\nabout: repair_id\ntrigger: { event: repair.received }\nsteps:\n  - wait_for: repair.estimated\n',
            }).journeys[0];
            if (journey !== undefined) loader.askLookback(history, 'ann', journey, 'a', since);
          });
          expect(seqs(tied.since(type, since, tie))).toEqual(seqs(journal.since(type, since, tie)));
        },
      ),
      { numRuns: 30 },
    );
  }, 120_000);

  it('knows a thousand events and not one more', async () => {
    const visits = (number: number): IncomingEvent[] =>
      Array.from({ length: number }, () => event('visit', 'ann', {}, { time: NOW - HOUR }));
    const ask = (loader: HistoryLoader, history: LoadedHistory): void => {
      loader.askCalls(history, 'ann', [call({ function: 'count', type: 'visit' }, '1 day', true)], NOW, clock);
    };
    const from = addDuration(NOW, { amount: 1, unit: 'day' }, clock, -1);
    await keep(visits(1000));
    expect((await read(ask)).events('visit', from)).toHaveLength(1000);
    await keep(visits(1));
    expect((await read(ask)).events('visit', from)).toBeUndefined();
  });

  it('takes of the newest events of one instant the one that was decided last', async () => {
    const shops = Array.from({ length: 30 }, (_, no) => String((no * 7) % 30));
    await keep(shops.map((shop) => event('visit', 'ann', { shop }, { time: NOW - DAY })));
    // Where rows lie says nothing of their order.
    await bench.sql(
      'with moved as (delete from event where seq <= 10 returning *) insert into event select * from moved',
    );
    const history = await read((loader, loaded) => {
      loader.askCalls(loaded, 'ann', [call({ function: 'latest', type: 'visit' })], NOW, clock);
    });
    expect(history.events('visit', NOW - DAY - 1)?.at(-1)?.data).toEqual({ shop: shops.at(-1) });
  });

  it('does not know a sum that is beyond all numbers, and goes on', async () => {
    const huge = (): IncomingEvent => event('order.placed', 'ann', { total: 1.6e308 });
    await keep([huge()]);
    await keep([huge()]);
    const history = await read((loader, loaded) => {
      const sum = call({ function: 'sum', type: 'order.placed', field: 'total' });
      loader.askCalls(loaded, 'ann', [sum], NOW, clock);
    });
    expect(history.sum('order.placed', 'total', undefined)).toBeUndefined();
  });

  it('is read on the clock from before a change of time zone and on the one after it, within one batch', async () => {
    const workspace = shopWith({
      'journeys/regular.yaml': `journey: regular
purpose: service
trigger: { event: visit, when: 'count("visit", "1 day") == 2' }
steps:
  - wait: 1 hour
  - choose:
      - when: count("visit", "1 day") >= 1
        then: [{ send: hello }]
`,
    });
    const { engine, watcher } = await bench.engine(workspace);
    const move = (timezone: string | null): IncomingEvent => event('customer.updated', 'ann', { timezone });
    // A day is 23 hours long where the clocks go forward: America/New_York on 2026-03-08.
    bench.now = Date.parse('2026-03-08T10:00:00Z');
    await engine.decide({ source: 'http', events: [event('visit', 'ann', {}, { time: bench.now })] });
    bench.now = Date.parse('2026-03-08T18:00:00Z');
    const batch = [move('America/New_York'), event('visit', 'ann'), move(null), event('visit', 'ann')];
    expect((await engine.decide({ source: 'http', events: batch })).map(({ kind }) => kind)).toEqual(
      batch.map(() => 'accepted'),
    );
    // A timer that falls due before the very event that moves them is on the old clock still.
    bench.now += 2 * HOUR;
    const moved = await engine.decide({ source: 'http', events: [move('America/New_York')] });
    expect(moved).toEqual([{ kind: 'accepted' }]);
    expect(watcher.poison).toEqual([]);
    expect(watcher.count('entered')).toBe(1);
    expect(watcher.traces).toContainEqual(expect.objectContaining({ kind: 'chosen', branch: 1 }));
  });
});
