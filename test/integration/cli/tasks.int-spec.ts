import { jest } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finishTask, listTasks, takeTask } from '../../../src/cli/tasks.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { shopFiles } from '../../given/workspace.js';
import { freshDatabase } from '../../servers/postgres/test-postgres.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { Engine } from '../../../src/engine/engine.js';
import { LiveJourneys } from '../../../src/engine/live-journeys.js';
import { statement } from '../../../src/store/connection.js';
import { event, shopWith, Watcher } from '../engine/engine-bench.js';

const files = {
  'journeys/calling.yaml': `journey: calling
purpose: service
about: repair_id
trigger: { event: repair.received }
steps:
  - { task: "call about {{trigger.repair_id}}", assign_to: desk, results: [solved, no_answer], within: 1 day, save_as: call, else: [{ stop: nobody called }] }
  - stop: =call.result
`,
};

describe('peyk tasks', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let db: PostgresDatabase;
  let root: string;
  const said = { out: [] as string[], err: [] as string[] };
  const before = { ...process.env };

  beforeAll(async () => {
    fresh = await freshDatabase();
    db = await PostgresDatabase.connect({ url: fresh.url, poolSize: 3 });
    const live = await LiveJourneys.load(db, shopWith(files));
    const engine = new Engine({ db, live, observer: new Watcher(), queued: () => undefined });
    const events = ['r1', 'r2'].map((repair_id) => event('repair.received', 'ann', { repair_id }));
    await engine.decide({ source: 'http', events });
    root = await mkdtemp(path.join(tmpdir(), 'peyk-tasks-'));
    for (const [name, text] of Object.entries({ ...shopFiles, ...files })) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), text);
    }
    Object.assign(process.env, {
      PEYK_DATABASE_URL: fresh.url,
      PEYK_JOURNEYS_DIR: path.join(root, 'journeys'),
      PEYK_TEMPLATES_DIR: path.join(root, 'templates'),
    });
  }, 120_000);
  beforeEach(() => {
    for (const lines of Object.values(said)) lines.length = 0;
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.out.push(line));
    jest.spyOn(console, 'error').mockImplementation((line: string) => void said.err.push(line));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    process.env = before;
    await db.close();
    await fresh.drop();
    await rm(root, { recursive: true, force: true });
  });

  const list = async (options: Partial<Parameters<typeof listTasks>[0]> = {}): Promise<readonly string[]> => {
    said.out.length = 0;
    expect(await listTasks({ limit: '50', lang: 'en', ...options })).toBe(0);
    return [...said.out];
  };
  const idOf = async (title: string): Promise<string> => {
    const tasks = (await list({ json: true })).map((line) => JSON.parse(line) as { id: string; title: string });
    return tasks.find((task) => task.title === title)?.id ?? '';
  };

  it('lists, takes and ends them as the API does, and the journey goes on', async () => {
    const id = await idOf('call about r1');
    expect(await list({ assignTo: 'desk', state: 'open', limit: '1' })).toHaveLength(1);
    expect(await takeTask(id, { by: 'sara', lang: 'en' })).toBe(0);
    expect(said.out.at(-1)).toBe(
      `${id}  taken  call about r1  (ann, calling)  for desk  taken by sara  results: solved, no_answer`,
    );
    expect(await takeTask(id, { by: 'ali', lang: 'en' })).toBe(1);
    expect(await finishTask(id, { result: 'solvd', lang: 'en' })).toBe(2);
    expect(await finishTask(id, { result: 'solvd', lang: 'fa' })).toBe(2);
    expect(said.err).toEqual([
      `task ${id}: has been taken by sara`,
      `task ${id}: "solvd" is no result of this task; did you mean "solved"?`,
      `کار ${id}: «solvd» از نتیجه‌های این کار نیست؛ منظورتان "solved" بود؟`,
    ]);
    expect(await finishTask(id, { result: 'solved', by: 'sara', lang: 'en', json: true })).toBe(0);
    expect(JSON.parse(said.out.at(-1) ?? '')).toMatchObject({ id, state: 'done', result: 'solved', taken_by: 'sara' });
    expect(await finishTask(id, { result: 'solved', lang: 'en' })).toBe(0);
    expect(await finishTask(id, { result: 'no_answer', lang: 'en' })).toBe(1);
    expect(await db.run(statement('', `select reason from enrolment where key = 'r1'`))).toEqual([
      { reason: 'solved' },
    ]);
    expect(await list({ state: 'done' })).toEqual([
      `${id}  done  call about r1  (ann, calling)  for desk  result: solved`,
    ]);
  });

  it('says that there is nothing, or no such task', async () => {
    expect(await list({ assignTo: 'nobody' })).toEqual(['there is nothing to do']);
    expect(await list({ assignTo: 'nobody', json: true })).toEqual([]);
    expect(await takeTask('task-none', { by: 'sara', lang: 'en' })).toBe(1);
    expect(await finishTask('task-none', { result: 'solved', lang: 'fa' })).toBe(1);
    expect(said.err).toEqual([
      'there is no task task-none; `peyk tasks` lists them',
      'کار task-none وجود ندارد؛ `peyk tasks` آن‌ها را فهرست می‌کند',
    ]);
  });

  it.each([
    ['--limit is "0"', () => listTasks({ limit: '0', lang: 'en' })],
    ['--limit is "many"', () => listTasks({ limit: 'many', lang: 'en' })],
    ['--assign-to is empty', () => listTasks({ limit: '5', assignTo: ' ', lang: 'en' })],
    ['--by is empty', () => takeTask('t', { by: '', lang: 'en' })],
    ['--by has more than 256 characters', () => takeTask('t', { by: 'x'.repeat(257), lang: 'en' })],
    ['--result has a control character', () => finishTask('t', { result: 'a\u0000', lang: 'en' })],
  ])('is wrong usage where %s', (message, run) => {
    expect(run).toThrow(UsageError);
    expect(run).toThrow(message);
  });
});
