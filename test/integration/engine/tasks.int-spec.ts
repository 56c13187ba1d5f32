import { verify } from '../../../src/explain/verify.js';
import { Bench, DAY, event, HOUR, shopWith } from './engine-bench.js';

const START = Date.parse('2040-03-01T08:00:00Z');

const workspace = shopWith({
  'journeys/calling.yaml': `journey: calling
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - task: "call about {{trigger.repair_id}}"
    assign_to: desk
    due: 4 hours
    results: [solved, no_answer]
    within: 1 day
    save_as: call
    else: [{ stop: nobody called }]
  - stop: =call.result
at_end:
  - task: "file {{trigger.repair_id}}"
`,
});

describe('a task that a journey opens', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
  });
  afterAll(() => bench.close());

  const tasks = () =>
    bench.sql<{ id: string; title: string; state: string }>(
      `select id, title, case when done_at is not null then 'done ' || coalesce(result, '')
         when closed_at is not null then 'closed' else 'open' end as state
       from task order by opened_at, title`,
    );
  const told = async () => (await tasks()).map(({ title, state }) => `${title}: ${state}`);
  const reasons = async () =>
    (await bench.sql<{ reason: string }>('select reason from enrolment')).map((one) => one.reason);
  const begin = async () => {
    const running = await bench.engine(workspace);
    await running.engine.decide({ source: 'http', events: [event('repair.received', 'ann', { repair_id: 'r1' })] });
    return running;
  };
  const isTrue = async (): Promise<void> => {
    expect(await verify(bench.db, { sample: 100, seed: 1 })).toMatchObject({ differences: [], unverified: [] });
  };

  it('is kept with all that is to be known of it', async () => {
    await begin();
    const [task] = await bench.sql('select * from task');
    expect(task).toMatchObject({
      ...{ customer_id: 'ann', journey: 'calling', key: 'r1', enrolment: 1, step: 'task', title: 'call about r1' },
      ...{ assign_to: 'desk', due: START + 4 * HOUR, results: ['solved', 'no_answer'], opened_at: START },
      ...{ done_at: null, closed_at: null, result: null },
    });
    await isTrue();
  });

  it('lets the journey go on when it is done', async () => {
    const { engine } = await begin();
    const [task] = await tasks();
    bench.now = START + HOUR;
    const done = { task_id: task?.id ?? '', result: 'solved' };
    await engine.decide({ source: 'http', events: [event('task.done', 'ann', done)] });
    expect(await told()).toEqual(['call about r1: done solved', 'file r1: open']);
    expect(await reasons()).toEqual(['solved']);
    await isTrue();
  });

  it('is not done by another customer, nor twice', async () => {
    const { engine } = await begin();
    const [task] = await tasks();
    const done = (customer: string, result: string) =>
      event('task.done', customer, { task_id: task?.id ?? '', result });
    await engine.decide({ source: 'http', events: [done('bob', 'solved')] });
    expect(await told()).toEqual(['call about r1: open']);
    await engine.decide({ source: 'http', events: [done('ann', 'no_answer'), done('ann', 'solved')] });
    expect(await told()).toEqual(['call about r1: done no_answer', 'file r1: open']);
  });

  it('leads elsewhere when nobody does it in time, and stays open', async () => {
    const { engine } = await begin();
    bench.now = START + 2 * DAY;
    await engine.decideDueTimers();
    expect(await told()).toEqual(['call about r1: open', 'file r1: open']);
    expect(await reasons()).toEqual(['nobody called']);
    await isTrue();
  });

  it('is taken back when the journey is left, but not those of its end', async () => {
    const { engine } = await begin();
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'ann', { repair_id: 'r1' })] });
    expect(await told()).toEqual(['call about r1: closed', 'file r1: open']);
    await isTrue();
  });

  it('that is missing, changed or too many is found by who verifies', async () => {
    await begin();
    const found = async () => (await verify(bench.db, { customer: 'ann' })).differences.map(({ what }) => what);
    await bench.sql(`update task set title = 'another'`);
    expect(await found()).toEqual([expect.stringMatching(/^task task-\w+\.title$/)]);
    await bench.sql(`update task set title = 'call about r1', closed_at = now()`);
    expect(await found()).toEqual([expect.stringMatching(/\.closed$/)]);
    await bench.sql('delete from task');
    expect(await found()).toEqual([expect.stringMatching(/^task task-\w+$/)]);
  });
});
