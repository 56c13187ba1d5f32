import { verify } from '../../../src/explain/verify.js';
import { statement } from '../../../src/store/connection.js';
import { Bench, event, shopWith, spying } from './engine-bench.js';

const START = Date.parse('2040-03-01T08:00:00Z');

const workspace = shopWith({
  'journeys/telling.yaml': `journey: telling
purpose: service
about: repair_id
trigger: { event: repair.received }
steps:
  - emit: repair.ready
    data: { repair_id: =trigger.repair_id }
  - wait: 1 hour
  - emit: repair.delivered
    data: { repair_id: =trigger.repair_id }
`,
  'journeys/told.yaml': `journey: told
purpose: service
about: repair_id
trigger: { event: repair.ready }
goal: { event: repair.delivered }
steps:
  - wait: 2 days
`,
  // Its own event starts it again, at the customer whom the shop names.
  'journeys/passing-on.yaml': `journey: passing-on
purpose: service
trigger: { event: visit, when: known(event.shop) }
steps:
  - emit: visit
    subject: =trigger.shop
    data: { shop: =customer.id }
`,
});

describe('what a journey emits', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
  });
  afterAll(() => bench.close());

  const received = (id: string) => event('repair.received', 'ann', { repair_id: id }, { id: `e-${id}` });
  const events = async (customer: string): Promise<readonly string[]> =>
    (
      await bench.sql<{ told: string }>(
        `select seq || ' ' || type as told from event where customer_id = $1 order by seq`,
        [customer],
      )
    ).map(({ told }) => told);
  const pending = (): Promise<number> => bench.number('select count(*) from pending_event');
  const isTrue = async (): Promise<void> => {
    expect(await verify(bench.db, { sample: 100, seed: 1 })).toMatchObject({ differences: [], unverified: [] });
  };

  it('to the same customer is decided right after the event, before the next of the same batch', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('r1'), received('r2')] });
    expect(await events('ann')).toEqual(['1 repair.received', '2 repair.ready', '3 repair.received', '4 repair.ready']);
    expect(
      watcher.traces.filter(({ kind }) => kind === 'entered').map(({ journey, key }) => `${journey} ${key ?? ''}`),
    ).toEqual(['telling r1', 'told r1', 'telling r2', 'told r2']);
    expect(await bench.sql('select seq from customer')).toEqual([{ seq: 4 }]);
    const [row] = await bench.sql<{ id: string; source: string }>(`select id, source from event where seq = 2`);
    expect(row).toEqual({ id: 'telling/r1/emit-repair-ready/e-r1', source: '/journeys/telling' });
    await isTrue();
  });

  it('by a timer is decided right after it, and what comes later has later numbers', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('r1')] });
    bench.now = START + 3_600_000;
    await engine.decideDueTimers();
    bench.now += 1;
    await engine.decide({ source: 'http', events: [received('r2')] });
    expect(await events('ann')).toEqual([
      '1 repair.received',
      '2 repair.ready',
      '3 repair.delivered',
      '4 repair.received',
      '5 repair.ready',
    ]);
    expect(watcher.count('goal')).toBe(1);
    await isTrue();
  });

  it('by a timer that an event overtakes is decided before the event', async () => {
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('r1')] });
    bench.now = START + 3 * 3_600_000;
    await engine.decide({ source: 'http', events: [received('r1'), received('r2')] });
    expect((await events('ann')).slice(2)).toEqual(['4 repair.delivered', '5 repair.received', '6 repair.ready']);
    await isTrue();
  });

  it('comes once, also when the event that led to it is delivered again', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('r1'), received('r1')] });
    expect(await engine.decide({ source: 'http', events: [received('r1')] })).toEqual([{ kind: 'duplicate' }]);
    expect(watcher.count('emitted')).toBe(1);
    expect(await bench.number('select count(*) from event')).toBe(2);
    await isTrue();
  });

  it('and somebody has sent before under the same name is not decided again', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    const forged = event(
      'repair.ready',
      'ann',
      { repair_id: 'r1' },
      { id: 'telling/r1/emit-repair-ready/e-r1', source: '/journeys/telling' },
    );
    await engine.decide({ source: 'http', events: [forged, received('r1')] });
    expect(watcher.traces.filter(({ journey, kind }) => journey === 'told' && kind === 'entered')).toHaveLength(1);
    expect(await events('ann')).toEqual(['1 repair.ready', '2 repair.received']);
    await isTrue();
  });

  it('ends an enrolment behind the message that it has sent, which leaves, and falls back no more', async () => {
    const { engine } = await bench.engine(
      shopWith({
        'templates/hello/email.hbs': '---\nsubject: Hello\n---\nHello\n',
        'journeys/brief.yaml': `journey: brief
purpose: service
trigger: { event: visit }
exit: { event: repair.cancelled }
steps:
  - send: hello
  - emit: repair.cancelled
    data: { repair_id: r1 }
  - wait: 1 day
`,
        'journeys/slow.yaml': `journey: slow
purpose: service
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - send: hello
  - wait: 1 day
`,
      }),
    );
    const data = { phone: '09121234567', email: 'ann@example.com' };
    await engine.decide({ source: 'http', events: [event('customer.updated', 'ann', data)] });
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    const left = await bench.sql(
      'select m.state, fallbacks, e.reason from message m join enrolment e using (customer_id)',
    );
    expect(left).toEqual([{ state: 'queued', fallbacks: [], reason: 'exit_rule' }]);
    await isTrue();
    // What comes from outside takes it back, though it came in one batch with what has sent it.
    await engine.decide({
      source: 'http',
      events: [received('r1'), event('repair.cancelled', 'ann', { repair_id: 'r1' })],
    });
    expect(await bench.sql('select journey from message')).toEqual([{ journey: 'brief' }]);
    await isTrue();
  });

  it('to another customer is decided in a batch of its own', async () => {
    const { engine, watcher } = await bench.engine(
      shopWith({
        'journeys/greeting.yaml': `journey: greeting
purpose: service
trigger: { event: visit }
steps:
  - emit: repair.ready
    subject: =trigger.shop
    data: { repair_id: =customer.id }
`,
      }),
    );
    const visit = event('visit', 'ann', { shop: 'bob' });
    await engine.decide({ source: 'http', events: [visit] });
    expect([await pending(), await events('bob')]).toEqual([1, []]);
    expect(await engine.decidePending()).toBe(1);
    expect([await pending(), await events('bob')]).toEqual([0, ['1 repair.ready']]);
    await engine.decide({ source: 'http', events: [visit, event('visit', 'ann', {})] });
    // Known already, and a null subject.
    expect([await pending(), watcher.count('emitted')]).toEqual([0, 1]);
    await isTrue();
  });

  it.each(['insert-pending-events', 'take-pending-events', 'insert-events', 'save-enrolments'])(
    'is neither lost nor repeated where the process is killed at %s',
    async (point) => {
      let kills = 1;
      const mortal = spying(bench.db, async (name, tx) => {
        if (name !== point || kills === 0) return;
        kills -= 1;
        await tx.run(statement('', 'select pg_terminate_backend(pg_backend_pid())'));
      });
      const { engine } = await bench.engine(workspace, { db: mortal });
      const visit = event('visit', 'ann', { shop: 'bob' });
      const tries: readonly (() => Promise<unknown>)[] = [
        () => engine.decide({ source: 'http', events: [visit] }),
        () => engine.decidePending(),
      ];
      for (const once of tries) await once().catch(() => once());
      while ((await pending()) > 0) await engine.decidePending();
      expect(kills).toBe(0);
      expect([await events('ann'), await events('bob')].map(({ length }) => length)).toEqual([5, 4]);
      await isTrue();
    },
  );

  it('is cut where each event leads to another, after the eighth, also from customer to customer', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [event('visit', 'ann', { shop: 'ann' }, { id: 'first' })] });
    expect(await events('ann')).toHaveLength(9);
    expect(watcher.cuts).toHaveLength(1);
    await engine.decide({ source: 'http', events: [event('visit', 'bob', { shop: 'cat' })] });
    while ((await pending()) > 0) await engine.decidePending();
    expect([(await events('bob')).length, (await events('cat')).length]).toEqual([5, 4]);
    expect(watcher.cuts).toHaveLength(2);
    await isTrue();
  });
});
