import type { IncomingEvent } from '../../../src/intake/intake.js';
import { Bench, event, shopWith } from './engine-bench.js';

const workspace = shopWith({
  'journeys/greeting.yaml': `journey: greeting
purpose: service
trigger: { event: visit, when: count("visit") >= 1 }
entry: { again: always }
steps:
  - send: hello
`,
});

describe('events that come more than once', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(() => bench.clear());
  afterAll(() => bench.close());

  const reached = (ids: readonly string[]): Promise<unknown> =>
    bench.sql(
      `insert into customer (id, decided_at, created_at, attributes)
       select id, now(), now(), '{"phone": "+989121234567"}' from unnest($1::text[]) as t(id)`,
      [ids],
    );
  const messages = (): Promise<number> => bench.number('select count(*) from message');

  it('are decided once in one batch, and the outcome says which was new', async () => {
    await reached(['ann']);
    const { engine, watcher } = await bench.engine(workspace);
    const [one, other] = [event('visit', 'ann'), event('visit', 'ann')];
    const outcomes = await engine.decide({ source: 'http', events: [one, one, other, one] });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'duplicate', 'accepted', 'duplicate']);
    expect(watcher.results).toEqual({ accepted: 2, duplicate: 2, dead: 0 });
    expect(await messages()).toBe(2);
    expect(await bench.sql('select sum(count)::int as count from event_day')).toEqual([{ count: 2 }]);
  });

  it('are decided once in two batches, whatever else the second brings', async () => {
    await reached(['ann', 'bob']);
    const { engine } = await bench.engine(workspace);
    const [ann, bob] = [event('visit', 'ann'), event('visit', 'bob')];
    await engine.decide({ source: 'http', events: [ann] });
    const again = await engine.decide({ source: 'http', events: [{ ...ann, data: { shop: 'changed' } }, bob] });
    expect(again.map(({ kind }) => kind)).toEqual(['duplicate', 'accepted']);
    expect(await messages()).toBe(2);
    expect(await bench.sql('select data from event where customer_id = $1', ['ann'])).toEqual([{ data: {} }]);
  });

  it('are the same only with the same source and the same customer', async () => {
    const { engine } = await bench.engine(workspace);
    const one = event('visit', 'ann');
    const events = [one, { ...one, source: '/till' }, { ...one, customer: 'bob' }];
    const outcomes = await engine.decide({ source: 'http', events });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('are decided once in batches of two engines at one time', async () => {
    await reached(['ann']);
    const engines = await Promise.all([bench.engine(workspace), bench.engine(workspace)]);
    const events = Array.from({ length: 20 }, () => event('visit', 'ann'));
    const outcomes = await Promise.all(
      events.flatMap((one) => engines.map(({ engine }) => engine.decide({ source: 'http', events: [one] }))),
    );
    const kinds = outcomes.flat().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(20);
    expect(kinds.filter((kind) => kind === 'duplicate')).toHaveLength(20);
    expect(await messages()).toBe(20);
  });

  it('never make two engines wait for each other in a circle', async () => {
    const ids = Array.from({ length: 40 }, (_, no) => `c${String(no)}`);
    await reached(ids.slice(0, 20));
    const engines = await Promise.all([bench.engine(workspace), bench.engine(workspace)]);
    const batch = (round: number, order: readonly string[]): IncomingEvent[] =>
      order.map((customer) => ({ ...event('visit', customer), id: String(round % 15) }));
    const deadlocks = (): Promise<number> =>
      bench.number('select deadlocks from pg_stat_database where datname = current_database()');
    const before = await deadlocks();
    for (let round = 0; round < 30; round += 1) {
      const orders = [ids, [...ids].reverse()];
      await Promise.all(
        engines.map(({ engine }, place) =>
          engine.decide({ source: 'kafka', events: batch(round + place, orders[place] ?? []) }),
        ),
      );
    }
    expect(await bench.number('select count(*) from event')).toBe(15 * 40);
    expect(await bench.number('select sum(count) from event_day')).toBe(15 * 40);
    expect(await messages()).toBe(15 * 20);
    expect(engines.flatMap(({ watcher }) => watcher.poison)).toEqual([]);
    // Statistics come late, but never go back.
    expect(await deadlocks()).toBe(before);
  });

  it('leave the numbers of decisions in order, without one given twice', async () => {
    const { engine } = await bench.engine(workspace);
    const one = event('visit', 'ann');
    await engine.decide({ source: 'http', events: [one, one, event('visit', 'ann')] });
    await engine.decide({ source: 'http', events: [one, event('visit', 'ann'), one] });
    const rows = await bench.sql<{ seq: number }>('select seq from event order by arrival, seq');
    const seqs = rows.map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(3);
    expect([...seqs].sort((a, b) => a - b)).toEqual(seqs);
    expect(await bench.number('select seq from customer')).toBeGreaterThanOrEqual(Math.max(...seqs));
  });

  it('find a customer whose clock is ahead: a decision is never before the last one', async () => {
    const { engine } = await bench.engine(workspace);
    bench.now = Date.parse('2030-01-01T00:00:00Z');
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    bench.now = Date.parse('2029-01-01T00:00:00Z');
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    const rows = await bench.sql<{ arrival: number }>('select arrival from event');
    expect(rows.map(({ arrival }) => arrival)).toEqual([1, 2].map(() => Date.parse('2030-01-01T00:00:00Z')));
  });
});
