import { printInstant } from '../../../src/domain/time/instant.js';
import { verify } from '../../../src/explain/verify.js';
import { Bench, DAY, event, HOUR, shopWith, spying, type Running } from './engine-bench.js';

const START = Date.parse('2040-03-01T08:00:00Z');

const limited = (limits: string, top = '') =>
  shopWith({
    'journeys/one.yaml': `journey: one
purpose: service
about: repair_id
trigger: { event: repair.received }
${limits === '' ? '' : `limits: ${limits}\n`}${top}steps:
  - wait: 30 days
`,
    'journeys/two.yaml': `journey: two
purpose: service
trigger: { event: visit }
steps:
  - wait: 1 hour
  - emit: repair.received
    data: { repair_id: from-two }
`,
  });

describe('a journey with a limit of entries', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
  });
  afterAll(() => bench.close());

  let made = 0;
  const newcomer = () => {
    made += 1;
    return event('repair.received', `c${String(made)}`, { repair_id: 'r1' });
  };
  const enter = async ({ engine }: Running, count = 1): Promise<void> => {
    await engine.decide({ source: 'http', events: Array.from({ length: count }, newcomer) });
  };
  const inside = () => bench.number(`select count(*)::integer as number from enrolment where journey = 'one'`);
  const pauses = () =>
    bench.sql<{ name: string; reason: string; since: number }>('select name, reason, since from pause');
  /** At the instant of the virtual clock. */
  const resume = () =>
    bench.sql(
      `with gone as (delete from pause returning kind, name, since)
       insert into past_pause select kind, name, since, $1::timestamptz from gone`,
      [printInstant(bench.now ?? START)],
    );
  const reasons = ({ watcher }: Running) =>
    watcher.traces.flatMap((line) => (line.kind === 'not_entered' ? [line.reason] : []));

  it('pauses itself at the start that is too many, says so, and goes on when it is resumed in another time', async () => {
    const running = await bench.engine(limited('{ entries: 2 per 1 day }'));
    await enter(running);
    bench.now = START + HOUR;
    await enter(running);
    expect(await pauses()).toEqual([]);
    bench.now = START + 2 * HOUR;
    await enter(running);
    const reason = 'by its limit of 2 entries per 1 day';
    expect(await pauses()).toEqual([{ name: 'one', reason, since: START + 2 * HOUR }]);
    expect(running.watcher.limits).toEqual([`one ${reason}`]);
    await enter(running);
    expect([await inside(), reasons(running)]).toEqual([2, ['limit', 'paused']]);
    // In (now - 1 day, now] there is one now, and room for one more.
    await resume();
    bench.now = START + DAY;
    await enter(running);
    expect(await pauses()).toEqual([]);
    await enter(running);
    expect([await inside(), (await pauses()).length, running.watcher.limits.length]).toEqual([3, 1, 2]);
    expect(await verify(bench.db, { sample: 100, seed: 1 })).toMatchObject({ differences: [] });
  });

  it('that is resumed too early pauses itself again at the next start', async () => {
    const running = await bench.engine(limited('{ entries: 1 per 1 day }'));
    await enter(running, 2);
    await resume();
    await enter(running);
    expect([await inside(), reasons(running), (await pauses()).length]).toEqual([1, ['limit', 'limit'], 1]);
  });

  it('without a time counts over its life', async () => {
    const running = await bench.engine(limited('{ entries: 2 }'));
    await enter(running);
    bench.now = START + 300 * DAY;
    await enter(running, 2);
    expect([await inside(), await pauses()]).toMatchObject([2, [{ reason: 'by its limit of 2 entries' }]]);
  });

  it('is not passed by one batch, nor by what journeys emit in it', async () => {
    const running = await bench.engine(limited('{ entries: 3 per 1 day }'));
    await running.engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    bench.now = START + HOUR;
    await enter(running, 2);
    await running.engine.decideDueTimers();
    expect(await inside()).toBe(3);
    await enter(running, 500);
    expect([await inside(), (await pauses()).length]).toEqual([3, 1]);
  });

  it('is passed by less than a batch of each other engine', async () => {
    const engines = await Promise.all([1, 2].map(() => bench.engine(limited('{ entries: 100 per 1 day }'))));
    bench.now = undefined;
    for (let round = 0; round < 20; round += 1) await Promise.all(engines.map((running) => enter(running, 10)));
    const total = await bench.number(`select total::integer as number from entry_total where journey = 'one'`);
    expect([await inside(), (await pauses()).length]).toEqual([total, 1]);
    expect(total).toBeGreaterThanOrEqual(100);
    expect(total).toBeLessThanOrEqual(110);
    expect(engines.flatMap(({ watcher }) => watcher.limits)).toHaveLength(1);
  });

  it('counts those who entered before it had one, but not the control group', async () => {
    const before = await bench.engine(limited('', 'holdout: 50%\ngoal: { event: repair.delivered }\n'));
    await enter(before, 40);
    const entered = before.watcher.count('entered');
    expect(entered).toBeLessThan(40);
    bench.now = START + HOUR;
    await enter(await bench.engine(limited(`{ entries: ${String(entered + 1)} per 1 day }`)), 1);
    expect(await pauses()).toEqual([]);
    await enter(await bench.engine(limited(`{ entries: ${String(entered + 1)} per 1 day }`)), 1);
    expect(await pauses()).toHaveLength(1);
    await resume();
    bench.now = START + DAY;
    const later = await bench.engine(limited('{ entries: 2 per 1 day }'));
    await enter(later, 1);
    expect([await inside(), await pauses()]).toEqual([42, []]);
  });

  it('counts anew from what is kept where the limit was away for a while', async () => {
    await enter(await bench.engine(limited('{ entries: 9 }')), 2);
    await enter(await bench.engine(limited('')), 3);
    await enter(await bench.engine(limited('{ entries: 6 }')), 2);
    expect([await inside(), (await pauses()).length]).toEqual([6, 1]);
  });

  it('costs one question a batch, and what it keeps does not grow', async () => {
    const names: string[] = [];
    const db = spying(bench.db, (name) => void names.push(name));
    const running = await bench.engine(limited('{ entries: 900 per 1 hour }'), { db });
    for (let minute = 0; minute < 200; minute += 10) {
      bench.now = START + minute * 60_000;
      await enter(running, 20);
    }
    expect(names.filter((name) => name === 'read-entries')).toHaveLength(20);
    expect(await bench.number('select count(*)::integer as number from entry_total_at')).toBeLessThanOrEqual(8);
    await running.engine.decide({ source: 'http', events: [event('repair.cancelled', 'ann', { repair_id: 'x' })] });
    expect(names.filter((name) => name === 'read-entries')).toHaveLength(20);
    expect(await pauses()).toEqual([]);
  });
});
