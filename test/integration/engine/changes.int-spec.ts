import { EngineBeat } from '../../../src/engine/engine-beat.js';
import { verify } from '../../../src/explain/verify.js';
import { PulseService } from '../../../src/pulse/pulse.service.js';
import { Bench, DAY, event, HOUR, shopWith, type Running } from './engine-bench.js';

// Noon in Tehran.
const START = Date.parse('2040-03-01T08:30:00Z');

const shop = (top: string, steps: string) =>
  shopWith({
    'journeys/one.yaml': `journey: one
purpose: service
about: repair_id
trigger: { event: repair.received }
${top}steps:
${steps}`,
  });

const before = shop(
  'at_end: [ { set: { tier: was-inside } } ]\n',
  `  - send: hello
  - wait: 4 days
  - task: call
  - wait_for:
      - { after: 1 day, then: [ send: bye ] }
      - { after: 3 days, then: [ send: bye ] }
      - { event: repair.ready, then: [ { stop: ready } ] }
    at_most: 9 days
  - stop: old
`,
);

describe('people inside a journey whose changed file says', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
  });
  afterAll(() => bench.close());

  const begin = async (...customers: string[]): Promise<Running> => {
    const running = await bench.engine(before);
    const phones = customers.map((id) => event('customer.updated', id, { phone: '09121234567' }));
    await running.engine.decide({ source: 'http', events: phones });
    const received = customers.map((id) => event('repair.received', id, { repair_id: id }));
    await running.engine.decide({ source: 'http', events: received });
    return running;
  };
  const change = async (workspace: ReturnType<typeof shop>, slice = 200): Promise<Running> => {
    const running = await bench.engine(workspace);
    while (await running.engine.changeFiles(slice));
    return running;
  };
  const people = () =>
    bench.sql<{ customer_id: string; version: string; step: string; reason: string; wake_at: number }>(
      'select customer_id, version, step, reason, wake_at from enrolment order by customer_id',
    );
  const versionOf = (workspace: ReturnType<typeof shop>) => workspace.journeys[0]?.version;
  const isTrue = async (): Promise<void> => {
    expect(await verify(bench.db, { sample: 100, seed: 1 })).toMatchObject({ differences: [], unverified: [] });
  };

  it('move: stand at the same step, and wait from when they began to as long as it says now', async () => {
    await begin('ann');
    bench.now = START + DAY;
    const after = shop('on_change: move\n', '  - send: hello\n  - wait: 2 days\n    id: wait-4-days\n  - stop: new\n');
    const { engine, watcher } = await change(after);
    expect(watcher.changes).toEqual(['move one: 1 at wait-4-days']);
    expect(await people()).toMatchObject([
      { version: versionOf(after), step: 'wait-4-days', wake_at: START + 2 * DAY },
    ]);
    bench.now = START + 2 * DAY;
    await engine.decideDueTimers();
    expect(await people()).toMatchObject([{ reason: 'new' }]);
    await isTrue();
  });

  it('move: go on at once where the wait would be over by now', async () => {
    await begin('ann');
    bench.now = START + 3 * DAY;
    const after = shop('on_change: move\n', '  - send: hello\n  - wait: 2 days\n    id: wait-4-days\n  - stop: new\n');
    const { engine } = await change(after);
    expect(await people()).toMatchObject([{ wake_at: START + 2 * DAY }]);
    await engine.decideDueTimers();
    expect(await people()).toMatchObject([{ reason: 'new' }]);
    await isTrue();
  });

  it('move: follow a step that was renamed', async () => {
    await begin('ann');
    const after = shop(
      'on_change: move\nrenamed: { wait-4-days: rest }\n',
      '  - send: hello\n  - wait: 5 days\n    id: rest\n  - stop: new\n',
    );
    await change(after);
    expect(await people()).toMatchObject([{ version: versionOf(after), step: 'rest', wake_at: START + 5 * DAY }]);
    await isTrue();
  });

  it.each([
    ['is gone', '  - send: hello\n  - wait: 5 days\n  - stop: new\n'],
    ['is of another kind', '  - send: hello\n    id: wait-4-days\n  - stop: new\n'],
  ])('move: finish on their file where their step %s', async (_, steps) => {
    await begin('ann');
    const { engine, watcher } = await change(shop('on_change: move\n', steps));
    expect(await people()).toMatchObject([{ version: versionOf(before), step: 'wait-4-days' }]);
    bench.now = START + 20 * DAY;
    await engine.decideDueTimers();
    await engine.decideDueTimers();
    bench.now = START + 40 * DAY;
    await engine.decideDueTimers();
    expect(await people()).toMatchObject([{ reason: 'old' }]);
    expect(watcher.poison).toEqual([]);
    await isTrue();
  });

  it('move: take the clocks of a wait with them that are done, and start those that are new', async () => {
    const { engine } = await begin('ann');
    bench.now = START + 4 * DAY;
    await engine.decideDueTimers();
    bench.now = START + 5 * DAY;
    await engine.decideDueTimers();
    const sent = () => bench.number('select count(*)::integer as number from message');
    expect(await sent()).toBe(2);
    const after = shop(
      'on_change: move\n',
      `  - send: hello
  - wait_for:
      - { event: repair.delivered, then: [ { stop: delivered } ] }
      - { event: repair.ready, then: [ { stop: ready } ] }
      - { after: 1 day, then: [ send: bye ] }
      - { after: 2 days, then: [ send: bye ] }
      - { after: 3 days, then: [ send: bye ] }
    id: wait-for-any
    at_most: 5 days
  - stop: new
`,
    );
    const standing = (await people())[0]?.step ?? '';
    const renamed = shop(
      `on_change: move\n${standing === 'wait-for-any' ? '' : `renamed: { ${standing}: wait-for-any }\n`}`,
      after.files.get('journeys/one.yaml')?.split('steps:\n')[1] ?? '',
    );
    const next = await change(renamed);
    expect(await people()).toMatchObject([{ step: 'wait-for-any', wake_at: START + 6 * DAY }]);
    for (const day of [6, 7]) {
      bench.now = START + day * DAY;
      await next.engine.decideDueTimers();
    }
    expect(await sent()).toBe(4);
    bench.now = START + 9 * DAY + HOUR;
    await next.engine.decideDueTimers();
    expect(await people()).toMatchObject([{ reason: 'new' }]);
    await isTrue();
  });

  it('exit: leave, with what is promised for the end; messages not sent yet and open tasks are taken back', async () => {
    const { engine } = await begin('ann', 'bob');
    bench.now = START + 4 * DAY;
    await engine.decideDueTimers();
    const after = await change(shop('on_change: exit\n', '  - send: bye\n  - wait: 1 day\n'));
    expect(after.watcher.changes).toEqual([expect.stringMatching(/^exit one: 2 at /)]);
    expect(await people()).toMatchObject([
      { customer_id: 'ann', reason: 'journey_changed', step: null, wake_at: null },
      { customer_id: 'bob', reason: 'journey_changed' },
    ]);
    expect(await bench.sql('select distinct state from message')).toEqual([{ state: 'withdrawn' }]);
    expect(await bench.number('select count(*)::integer as number from task where closed_at is null')).toBe(0);
    expect(await bench.sql(`select distinct attributes ->> 'tier' as tier from customer`)).toEqual([
      { tier: 'was-inside' },
    ]);
    await isTrue();
  });

  it('nothing: finish on the file that they entered on', async () => {
    await begin('ann');
    const { watcher } = await change(shop('', '  - send: hello\n  - wait: 1 day\n    id: wait-4-days\n'));
    expect(await people()).toMatchObject([{ version: versionOf(before), wake_at: START + 4 * DAY }]);
    expect(watcher.changes).toEqual([]);
  });

  it('exit: all leave, slice by slice, each once, though two processes start at once and one person cannot', async () => {
    const customers = Array.from({ length: 60 }, (_, n) => `c${String(n)}`);
    await begin(...customers);
    await bench.sql(`update enrolment set version = 'gone' where customer_id = 'c7'`);
    const after = shop('on_change: exit\n', '  - send: bye\n');
    const both = await Promise.all([change(after, 7), change(after, 11)]);
    const left = (await people()).filter(({ reason }) => reason === 'journey_changed');
    expect(left).toHaveLength(59);
    expect(both.map(({ watcher }) => watcher.count('exited')).reduce((a, b) => a + b)).toBe(59);
    const stuck = both.flatMap(({ watcher }) => watcher.poison.map(({ customer }) => customer));
    expect(new Set(stuck)).toEqual(new Set(['c7']));
  });

  it('is done by the beat of a process that starts, and then no more', async () => {
    await begin('ann');
    const running = await bench.engine(shop('on_change: exit\n', '  - send: bye\n'));
    const beat = (): Promise<void> =>
      new PulseService(bench.db, [new EngineBeat(running.engine, running.watcher)]).beat();
    while (!running.engine.filesAreInForce) await beat();
    expect(await people()).toMatchObject([{ reason: 'journey_changed' }]);
    expect(running.watcher.troubles).toEqual([]);
  });
});
