import { EngineBeat } from '../../../src/engine/engine-beat.js';
import { SendingControl } from '../../../src/ops/sending-control.js';
import { PulseService } from '../../../src/pulse/pulse.service.js';
import { pulse } from '../../../src/store/engine/pulse.sql.js';
import { Bench, event, HOUR, shopWith } from './engine-bench.js';

const START = Date.parse('2026-11-21T10:00:00+03:30');

/** Two journeys that are alike: one will be paused. */
const journey = (name: string): string => `journey: ${name}
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - wait_for: repair.ready
    at_most: 1 hour
  - send: hello
    not_after: 1 hour
`;
const workspace = shopWith({ 'journeys/one.yaml': journey('one'), 'journeys/other.yaml': journey('other') });

const received = (customer: string, repair = 'r1') => event('repair.received', customer, { repair_id: repair });
const phone = { phone: '+989121234567' };

describe('a journey that is paused', () => {
  let bench: Bench;
  let control: SendingControl;
  beforeAll(async () => {
    bench = await Bench.open();
    control = new SendingControl(bench.db, workspace);
  });
  beforeEach(() => bench.clear());
  afterAll(() => bench.close());

  const pause = () => control.pause([{ kind: 'journey', name: 'one' }], 'a test');
  const resume = () => control.resume([{ kind: 'journey', name: 'one' }]);
  const heldTimers = () => bench.number('select count(*) from enrolment where held_wake_at is not null');

  async function beat(engine: Awaited<ReturnType<Bench['engine']>>): Promise<void> {
    await new PulseService(bench.db, [new EngineBeat(engine.engine, engine.watcher)]).beat();
  }

  it('lets nobody in, from the batch after the pause on, in every engine', async () => {
    const [here, there] = await Promise.all([bench.engine(workspace), bench.engine(workspace)]);
    await pause();
    await here.engine.decide({ source: 'http', events: [received('ann')] });
    await resume();
    await there.engine.decide({ source: 'http', events: [received('ann', 'r2')] });
    const told = (watcher: typeof here.watcher) =>
      watcher.traces
        .filter((line) => line.journey === 'one')
        .map((line) => ('reason' in line ? `${line.kind} ${line.reason}` : line.kind));
    expect(told(here.watcher)).toEqual(['not_entered paused']);
    expect(told(there.watcher)).toEqual(['entered', 'waiting']);
    expect(here.watcher.traces.find((line) => line.journey === 'other')).toMatchObject({ kind: 'entered' });
  });

  it('keeps its timers, whoever comes, and takes them in the order in which they fell due when it goes on', async () => {
    const running = await bench.engine(workspace);
    const people = ['ann', 'bob', 'cid'];
    for (const [no, customer] of people.entries()) {
      bench.now = START + no;
      await running.engine.decide({ source: 'http', events: [event('customer.updated', customer, phone)] });
      await running.engine.decide({ source: 'http', events: [received(customer)] });
    }
    await pause();
    bench.now = START + 3 * HOUR;
    await running.engine.decideDueTimers();
    await running.engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    await running.engine.holdTimers();
    await running.engine.decide({ source: 'http', events: [event('visit', 'bob')] });
    const resumed = () => running.watcher.traces.filter((line) => line.kind === 'resumed');
    expect(resumed().map((line) => line.journey)).toEqual(['other', 'other', 'other']);
    expect(await heldTimers()).toBe(3);

    await resume();
    await running.engine.releaseTimers(1);
    expect(await bench.sql('select customer_id from enrolment where wake_at <= $1', [new Date(bench.now)])).toEqual([
      { customer_id: 'ann' },
    ]);
    // Whoever comes before that is decided with the timers that are due.
    await running.engine.decide({ source: 'http', events: [event('visit', 'cid')] });
    await running.engine.releaseTimers();
    await running.engine.decideDueTimers();
    expect(
      resumed()
        .slice(3)
        .map((line) => line.customer),
    ).toEqual(['cid', 'ann', 'bob']);
    expect(await heldTimers()).toBe(0);
  });

  it('goes on with events: who leaves has left, and what is queued is held', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    bench.now = START;
    for (const customer of ['ann', 'bob']) {
      await engine.decide({ source: 'http', events: [event('customer.updated', customer, phone)] });
      await engine.decide({ source: 'http', events: [received(customer)] });
    }
    await pause();
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'ann', { repair_id: 'r1' })] });
    await engine.decide({ source: 'http', events: [event('repair.ready', 'bob', { repair_id: 'r1' })] });
    expect(watcher.traces.filter((line) => line.journey === 'one' && line.kind === 'exited')).toMatchObject([
      { customer: 'ann', reason: 'exit_rule' },
      { customer: 'bob', reason: 'completed' },
    ]);
    expect(await bench.sql('select journey, held from message order by journey')).toEqual([
      { journey: 'one', held: 'paused' },
      { journey: 'other', held: null },
    ]);
    // What is held past its not_after is not sent when the journey goes on.
    bench.now = START + 2 * HOUR;
    // Of one customer.
    expect(await engine.recheckMessages()).toBe(1);
    expect(await bench.number(`select count(*) from message where state = 'suppressed' and reason = 'too_late'`)).toBe(
      2,
    );
  });

  it('with 100,000 timers overdue does not slow the beat, and an idle second stays cheap', async () => {
    const running = await bench.engine(workspace);
    await bench.sql(
      `insert into customer (id, seq, decided_at, created_at) select 'c' || n, 1, now(), now() from generate_series(1, 100000) n`,
    );
    await bench.sql(
      `insert into enrolment (customer_id, journey, seq, version, status, step, started_by, entered_at, wake_at, state, decided_at, bundle, stimulus)
       select 'c' || n, 'one', 1, $1, 'active', 'wait', 'visit', now(), now() - interval '2 days' + n * interval '1 ms', '{}', now(), 1, 'event:1'
       from generate_series(1, 100000) n`,
      [workspace.journeys.find(({ name }) => name === 'one')?.version],
    );
    await pause();
    bench.now = START;
    await running.engine.decide({ source: 'http', events: [received('ann')] });
    bench.now = undefined;
    // ann's other wait is over, by the database's clock.
    await bench.sql(`update enrolment set wake_at = now() - interval '1 s' where customer_id = 'ann'`);
    const from = performance.now();
    await beat(running);
    expect(performance.now() - from).toBeLessThan(15_000);
    expect(running.watcher.traces.at(-1)).toMatchObject({ customer: 'ann', journey: 'other', kind: 'exited' });
    while ((await heldTimers()) < 100_000) await beat(running);
    await bench.sql('vacuum enrolment');
    expect(await pagesOf(pulse.text)).toBeLessThan(400);
    expect(await bench.db.run(pulse)).toMatchObject([{ next_wake: null, timers_to_release: false }]);

    await resume();
    expect(await bench.db.run(pulse)).toMatchObject([{ timers_to_release: true }]);
    expect(await running.engine.releaseTimers(1_000)).toBe(1_000);
    expect(
      await bench.number('select max(substr(customer_id, 2)::integer) from enrolment where wake_at is not null'),
    ).toBe(1_000);
    expect(running.watcher.troubles).toEqual([]);
  }, 180_000);

  async function pagesOf(text: string): Promise<number> {
    const [row] = await bench.sql<{ 'QUERY PLAN': readonly { readonly Plan: Readonly<Record<string, number>> }[] }>(
      `explain (analyze, buffers, format json) ${text}`,
    );
    const plan = row?.['QUERY PLAN'][0]?.Plan;
    return (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
  }
});
