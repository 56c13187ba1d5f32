import { Bench, DAY, event, HOUR, shopWith, spying } from './engine-bench.js';

const START = Date.parse('2026-03-01T08:00:00Z');
const waiting = (top = '', then = '  - send: hello'): ReturnType<typeof shopWith> =>
  shopWith({
    'journeys/waiting.yaml': `journey: waiting
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
${top}steps:
  - wait: 1 hour
${then}
`,
  });
const received = (customer: string, repair = 'r1') => event('repair.received', customer, { repair_id: repair });
const everybody = Array.from({ length: 300 }, (_, no) => `c${String(no).padStart(3, '0')}`);

describe('timers', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(() => bench.clear());
  afterAll(() => bench.close());

  it('are decided once by two engines at work at once', async () => {
    const [one, other] = await Promise.all([bench.engine(waiting()), bench.engine(waiting())]);
    bench.now = START;
    await one.engine.decide({ source: 'http', events: everybody.map((customer) => received(customer)) });
    bench.now = START + 2 * HOUR;
    const drain = async ({ engine }: typeof one): Promise<void> => {
      while ((await engine.decideDueTimers(50)) > 0);
    };
    while ((await bench.number('select count(*) from enrolment where wake_at <= $1', [new Date(bench.now)])) > 0) {
      await Promise.all([drain(one), drain(other)]);
    }
    expect(one.watcher.count('exited') + other.watcher.count('exited')).toBe(everybody.length);
    expect(await bench.number(`select count(*) from enrolment where status = 'ended'`)).toBe(everybody.length);
    expect(Math.max(...one.watcher.lags, ...other.watcher.lags)).toBe(HOUR);
  });

  it('that somebody else is deciding right now are passed over, and nobody waits', async () => {
    const { engine } = await bench.engine(waiting());
    bench.now = START;
    await engine.decide({ source: 'http', events: [received('ann'), received('bob')] });
    bench.now = START + 2 * HOUR;
    await bench.db.transaction(async (tx) => {
      await tx.run({ name: '', text: `select from customer where id = 'ann' for no key update` });
      expect(await engine.decideDueTimers()).toBe(1);
    });
    expect(await engine.decideDueTimers()).toBe(1);
    expect(await engine.decideDueTimers()).toBe(0);
  });

  it('that fell due before an event came are decided before it', async () => {
    const { engine, watcher } = await bench.engine(waiting());
    bench.now = START;
    await engine.decide({ source: 'http', events: [received('ann')] });
    bench.now = START + 2 * HOUR;
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'ann', { repair_id: 'r1' })] });
    expect(watcher.traces.map(({ kind }) => kind)).toEqual(['entered', 'waiting', 'resumed', 'suppressed', 'exited']);
    expect(watcher.traces.at(-1)).toMatchObject({ reason: 'completed' });
  });

  it('of the very instant of an event come after it', async () => {
    const { engine, watcher } = await bench.engine(waiting());
    bench.now = START;
    await engine.decide({ source: 'http', events: [received('ann')] });
    bench.now = START + HOUR;
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'ann', { repair_id: 'r1' })] });
    expect(watcher.traces.at(-1)).toMatchObject({ kind: 'exited', reason: 'exit_rule' });
    expect(await engine.decideDueTimers()).toBe(0);
  });

  it('are older than the events of the batch that makes them due', async () => {
    // The clock of the wait fell due before this batch; the delivery comes while what the clock leads to still runs.
    const workspace = shopWith({
      'journeys/waiting.yaml': `journey: waiting
purpose: service
trigger: { event: visit }
steps:
  - wait_for:
      - after: 1 hour
        then: [{ wait: 1 hour }]
      - event: repair.delivered
  - send: hello
`,
    });
    const { engine, watcher } = await bench.engine(workspace);
    bench.now = START;
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    bench.now = START + 2 * HOUR;
    await engine.decide({ source: 'http', events: [event('repair.delivered', 'ann', { repair_id: 'r1' })] });
    expect(watcher.traces.at(-1)).toMatchObject({ kind: 'waiting', step: 'wait-1-hour' });
    expect(await bench.number(`select state #> '{waits,wait-1-hour,setBy}' from enrolment`)).toBe(1);
    bench.now = START + 4 * HOUR;
    await engine.decideDueTimers();
    // Back at the wait, the delivery that came meanwhile is taken.
    expect(watcher.traces.at(-1)).toMatchObject({ kind: 'exited', reason: 'completed' });
  });

  it('end an enrolment that lasts longer than it may', async () => {
    const { engine, watcher } = await bench.engine(
      waiting('lasts_at_most: 3 days\n', '  - wait_for: repair.ready\n  - send: hello'),
    );
    bench.now = START;
    await engine.decide({ source: 'http', events: [received('ann')] });
    await bench.runTimers(() => engine, START + 10 * DAY);
    expect(watcher.traces.at(-1)).toMatchObject({ kind: 'exited', reason: 'expired', at: START + 3 * DAY });
  });

  it('of somebody who cannot be decided are parked, later each time, and everybody else goes on', async () => {
    const { engine, watcher } = await bench.engine(waiting());
    bench.now = START;
    const people = Array.from({ length: 500 }, (_, no) => `c${String(no)}`);
    await engine.decide({ source: 'http', events: people.map((customer) => received(customer)) });
    await bench.sql(`update enrolment set state = '{"waits": 5}' where customer_id = 'c250'`);
    bench.now = START + 2 * HOUR;
    expect(await engine.decideDueTimers(500)).toBe(500);
    expect(await bench.number(`select count(*) from enrolment where status = 'ended'`)).toBe(499);
    expect(watcher.poison).toEqual([{ customer: 'c250', error: expect.stringContaining('does not parse') as string }]);
    const parked = () =>
      bench.sql<{ wake_at: number; failures: number; error: string }>(
        `select wake_at, failures, error from enrolment where status = 'active'`,
      );
    expect(await parked()).toEqual([
      { wake_at: bench.now + 5_000, failures: 1, error: expect.stringContaining('c250/waiting') as string },
    ]);
    expect(await engine.decideDueTimers()).toBe(0);
    bench.now += 5_000;
    expect(await engine.decideDueTimers()).toBe(1);
    expect(await parked()).toMatchObject([{ wake_at: bench.now + 10_000, failures: 2 }]);
  });

  it('are decided again when the database goes away in the middle', async () => {
    let broken = 0;
    const db = spying(bench.db, async (name, tx) => {
      if (name !== 'save-enrolments' || broken > 0 || bench.now === START) return;
      broken += 1;
      const [row] = await tx.run<{ pid: number }>({ name: '', text: 'select pg_backend_pid() as pid' });
      await bench.sql('select pg_terminate_backend($1)', [row?.pid]);
    });
    const { engine, watcher } = await bench.engine(waiting(), { db });
    bench.now = START;
    await engine.decide({ source: 'http', events: [received('ann')] });
    bench.now = START + 2 * HOUR;
    await expect(engine.decideDueTimers()).rejects.toThrow();
    expect(watcher.poison).toEqual([]);
    expect(await engine.decideDueTimers()).toBe(1);
    expect(watcher.count('exited')).toBe(1);
  });
});
