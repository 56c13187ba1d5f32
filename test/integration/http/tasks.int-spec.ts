import { Bench, event, HOUR, shopWith } from '../engine/engine-bench.js';
import { ask, post, runningApp, type Answer, type RunningApp } from './running-app.js';

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
    due: =trigger_event.time + duration("4h")
    results: [solved, no_answer]
    within: 1 day
    save_as: call
    else: [{ stop: nobody called }]
  - stop: =call.result
`,
  'journeys/ending.yaml': `journey: ending
purpose: service
trigger: { event: visit }
goal: { event: task.done }
steps:
  - task: look in
  - wait: 1 day
`,
});

let bench: Bench;
let running: RunningApp;
let engine: Awaited<ReturnType<Bench['engine']>>['engine'];

beforeAll(async () => {
  bench = await Bench.open();
  ({ engine } = await bench.engine(workspace));
  const { database, decider } = { database: bench.db, decider: engine };
  running = await runningApp({}, { database, decider, workspace });
}, 120_000);
beforeEach(async () => {
  await bench.clear();
  bench.now = START;
});
afterAll(async () => {
  await running.close();
  await bench.close();
});

interface Task {
  readonly id: string;
  readonly title: string;
  readonly state: string;
}

const tell = (path: string, body?: unknown): Promise<Answer> =>
  ask(`${running.url}/v1/tasks/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const list = async (query = ''): Promise<readonly Task[]> => {
  const { body } = await ask(`${running.url}/v1/tasks${query}`);
  return (body as { tasks: readonly Task[] }).tasks;
};
const open = async (...repairs: readonly (readonly [id: string, time: number])[]): Promise<void> => {
  const events = repairs.map(([id, time]) => event('repair.received', `c-${id}`, { repair_id: id }, { time }));
  await engine.decide({ source: 'http', events });
};
const only = async (): Promise<string> => (await list())[0]?.id ?? '';
const reasons = async (): Promise<string[]> =>
  (await bench.sql<{ reason: string }>('select reason from enrolment order by reason')).map(({ reason }) => reason);

describe('the list of tasks', () => {
  it('has the most urgent first, with all that a person needs', async () => {
    await open(['r1', START], ['r2', START - HOUR], ['r3', START - 2 * HOUR]);
    expect((await list()).map(({ title }) => title)).toEqual(['call about r3', 'call about r2', 'call about r1']);
    expect(await list('?limit=1')).toEqual([
      {
        ...{ id: expect.stringMatching(/^task-/) as unknown, customer: 'c-r3', state: 'open', title: 'call about r3' },
        ...{ assign_to: 'desk', due: '2040-03-01T10:00:00.000Z', results: ['solved', 'no_answer'] },
        ...{ taken_by: null, taken_at: null, result: null, done_at: null },
        ...{ journey: 'calling', key: 'r3', step: 'task', opened_at: '2040-03-01T08:00:00.000Z' },
      },
    ]);
    expect(await list('?assign_to=nobody')).toEqual([]);
    expect(await list('?assign_to=desk')).toHaveLength(3);
  });

  it('tells open, taken and done ones apart; withdrawn ones are in none', async () => {
    await open(['r1', START], ['r2', START - HOUR], ['r3', START - 2 * HOUR]);
    const [third, second] = await list();
    await tell(`${third?.id ?? ''}/take`, { by: 'sara' });
    await tell(`${second?.id ?? ''}/done`, { result: 'solved' });
    const titles = async (state: string) => (await list(`?state=${state}`)).map(({ title }) => title);
    expect(await titles('open')).toEqual(['call about r1']);
    expect(await titles('taken')).toEqual(['call about r3']);
    expect(await titles('done')).toEqual(['call about r2']);
    expect((await list()).map(({ state }) => state)).toEqual(['taken', 'open']);
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'c-r1', { repair_id: 'r1' })] });
    expect(await titles('open')).toEqual([]);
  });

  it('says what is wrong with a question', async () => {
    expect(await ask(`${running.url}/v1/tasks?state=gone&asign_to=x`)).toMatchObject({
      status: 400,
      body: {
        errors: [
          { place: 'state', message: 'is "gone"; expected one of open, taken, done' },
          { place: 'asign_to', message: 'is no parameter; did you mean "assign_to"?' },
        ],
      },
    });
  });
});

describe('taking a task', () => {
  it('gives it to the first who asks, who may ask again', async () => {
    await open(['r1', START]);
    const id = await only();
    const first = await tell(`${id}/take`, { by: 'sara' });
    expect(first).toMatchObject({ status: 200, body: { state: 'taken', taken_by: 'sara' } });
    expect(await tell(`${id}/take`, { by: 'sara' })).toEqual({ ...first, headers: expect.anything() as unknown });
    expect(await tell(`${id}/take`, { by: 'reza' })).toMatchObject({
      status: 409,
      body: { errors: [{ place: 'task', message: 'has been taken by sara' }] },
    });
  });

  it('gives it to one of many who ask at once', async () => {
    await open(['r1', START]);
    const id = await only();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, no) => tell(`${id}/take`, { by: `p${String(no)}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
  });

  it.each([
    ['task-0/take', { by: 'sara' }, 404, 'there is no such task'],
    ['task-0/take', {}, 400, 'names nothing; give one or more of by'],
    ['task-0/take', { who: 'sara' }, 400, 'is not known; there is: by'],
    ['task-0/take', { by: 'x'.repeat(257) }, 400, 'has more than 256 characters; make it shorter'],
    ['task-0/take', undefined, 400, 'is empty; expected an object such as {"by": "sara"}'],
    ['task-0/take', { by: ' ' }, 400, 'is empty; give a name'],
    ['task-0/take', { by: 'a\nb' }, 400, 'has a control character in it; take it out'],
    ['%00/take', { by: 'sara' }, 404, 'there is no such task'],
    ['%00/done', { result: 'solved' }, 404, 'there is no such task'],
    ['task-0/done', { result: 'solved' }, 404, 'there is no such task'],
    ['task-0/done', { by: 'sara' }, 400, 'is missing; say what came of it'],
  ])('%s with %j is refused with the remedy', async (path, body, status, message) => {
    expect(await tell(path, body)).toMatchObject({ status, body: { errors: [{ message }] } });
  });
});

describe('saying what came of a task', () => {
  it('lets the journey that waits for it go on, once', async () => {
    await open(['r1', START]);
    const id = await only();
    bench.now = START + HOUR;
    const first = await tell(`${id}/done`, { result: 'solved', by: 'sara' });
    expect(first).toMatchObject({
      status: 200,
      body: { state: 'done', result: 'solved', done_at: '2040-03-01T09:00:00.000Z' },
    });
    expect(await reasons()).toEqual(['solved']);
    bench.now = START + 2 * HOUR;
    expect(await tell(`${id}/done`, { result: 'solved' })).toMatchObject({ status: 200, body: first.body });
    expect(await tell(`${id}/done`, { result: 'no_answer' })).toMatchObject({
      status: 409,
      body: { errors: [{ message: 'is done already: solved' }] },
    });
    expect(await tell(`${id}/take`, { by: 'sara' })).toMatchObject({ status: 409 });
    const events = await bench.sql(`select id, source, data from event where type = 'task.done'`);
    const data = { task_id: id, result: 'solved', by: 'sara' };
    expect(events).toEqual([{ id: `/v1/tasks/${id}/done`, source: '/v1/tasks', data }]);
  });

  it('takes one word of several that come at once', async () => {
    await open(['r1', START]);
    const id = await only();
    const answers = await Promise.all(
      ['solved', 'no_answer', 'solved'].map((result) => tell(`${id}/done`, { result })),
    );
    const [reason] = await reasons();
    const results = ['solved', 'no_answer', 'solved'];
    expect(answers.map(({ status }) => status)).toEqual(results.map((result) => (result === reason ? 200 : 409)));
  });

  it('takes none but its results', async () => {
    await open(['r1', START]);
    const id = await only();
    const message = (text: string) => ({ status: 400, body: { errors: [{ place: 'result', message: text }] } });
    expect(await tell(`${id}/done`, { result: 'sloved' })).toMatchObject(
      message('"sloved" is no result of this task; did you mean "solved"?'),
    );
    expect(await tell(`${id}/done`, { result: 'x' })).toMatchObject(
      message('"x" is no result of this task; expected one of solved, no_answer'),
    );
    expect(await list()).toMatchObject([{ state: 'open' }]);
  });

  it('comes too late once the journey has withdrawn it', async () => {
    await open(['r1', START]);
    const id = await only();
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'c-r1', { repair_id: 'r1' })] });
    const message = 'has been withdrawn: its journey does not need it any more';
    for (const path of ['take', 'done']) {
      const answer = await tell(`${id}/${path}`, path === 'take' ? { by: 'sara' } : { result: 'solved' });
      expect(answer).toMatchObject({ status: 409, body: { errors: [{ message }] } });
    }
  });

  it('counts as done also where that ends the journey; without results anything may come of it', async () => {
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    expect(await tell(`${await only()}/done`, { result: 'all well' })).toMatchObject({
      status: 200,
      body: { state: 'done', result: 'all well' },
    });
    expect(await reasons()).toEqual(['goal']);
  });

  it('after an event from elsewhere has said it, says the same or is refused', async () => {
    await open(['r1', START]);
    const id = await only();
    const done = {
      id: 'd1',
      source: '/calls',
      type: 'task.done',
      subject: 'c-r1',
      data: { task_id: id, result: 'solved' },
    };
    await post(running.url, { specversion: '1.0', ...done });
    expect(await tell(`${id}/done`, { result: 'solved' })).toMatchObject({ status: 200 });
    expect(await tell(`${id}/done`, { result: 'no_answer' })).toMatchObject({ status: 409 });
  });
});
