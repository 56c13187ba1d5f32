import { Bench, event, shopWith, spying } from './engine-bench.js';

const workspace = shopWith({
  'journeys/failing.yaml': `journey: failing
purpose: service
trigger: { event: message.failed }
entry: { again: always }
steps:
  - choose:
      - when: known(trigger.message_id)
        then: [{ stop: '{{trigger.message_id}}' }]
`,
});

describe('events that the engine itself has made', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(() => bench.clear());
  afterAll(() => bench.close());

  const fail = (customers: readonly string[]): Promise<unknown> =>
    bench.sql(
      `insert into pending_event (customer_id, id, source, type, time, data)
       select customer, place || '/sms', '/messages', 'message.failed', now(), jsonb_build_object(
         'message_id', place::text, 'journey', 'j', 'template', 't', 'channel', 'sms')
       from unnest($1::text[]) with ordinality as t(customer, place) order by place`,
      [customers],
    );
  const left = (): Promise<number> => bench.number('select count(*) from pending_event');
  const told = (traces: readonly { readonly kind: string }[]): string[] =>
    traces.flatMap((line) => (line.kind === 'exited' && 'reason' in line ? [String(line.reason)] : []));

  it('are decided once and in their order', async () => {
    await fail(Array.from({ length: 20 }, () => 'ann'));
    const { engine, watcher } = await bench.engine(workspace);
    expect(await engine.decidePending()).toBe(20);
    expect(told(watcher.traces)).toEqual(Array.from({ length: 20 }, (_, no) => String(no + 1)));
    expect(watcher.results).toEqual({ accepted: 20, duplicate: 0, dead: 0 });
    expect(await engine.decidePending()).toBe(0);
  });

  it('are decided once and in their order by two engines at once', async () => {
    const customers = Array.from({ length: 1200 }, (_, no) => ['ann', 'bob', 'cat'][no % 3] ?? '');
    await fail(customers);
    const engines = await Promise.all([bench.engine(workspace), bench.engine(workspace)]);
    while ((await left()) > 0) await Promise.all(engines.map(({ engine }) => engine.decidePending()));
    expect(engines.reduce((sum, { watcher }) => sum + watcher.count('exited'), 0)).toBe(1200);
    expect(engines.reduce((sum, { watcher }) => sum + watcher.results.accepted, 0)).toBe(1200);
    const rows = await bench.sql<{ id: string }>(`select id from event where customer_id = 'ann' order by seq`);
    const numbers = rows.map(({ id }) => Number.parseInt(id, 10));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers).toHaveLength(400);
  });

  it('are all there still after a transaction that was rolled back', async () => {
    await fail(['ann', 'bob']);
    const db = spying(bench.db, (name) => {
      if (name === 'insert-events') throw Object.assign(new Error('the disk is full'), { code: '53100' });
    });
    const { engine } = await bench.engine(workspace, { db });
    await expect(engine.decidePending()).rejects.toThrow('the disk is full');
    expect(await left()).toBe(2);
    const well = await bench.engine(workspace);
    expect(await well.engine.decidePending()).toBe(2);
    expect(await left()).toBe(0);
  });

  it('of somebody who cannot be decided become dead letters, and do not hold up the others', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [event('visit', 'bob')] });
    await bench.sql(
      `insert into enrolment (customer_id, journey, seq, version, status, started_by, entered_at, state, decided_at, bundle, stimulus)
       values ('bob', 'failing', 1, 'x', 'active', 'x', now(), '{}', now(), 1, 'x')`,
    );
    await fail(['ann', 'bob', 'cat']);
    expect(await engine.decidePending()).toBe(3);
    expect(await left()).toBe(0);
    expect(watcher.results).toEqual({ accepted: 3, duplicate: 0, dead: 1 });
    expect(await bench.sql('select key, source from dead_letter')).toEqual([{ key: 'bob', source: 'engine' }]);
  });
});
