import { createHmac } from 'node:crypto';
import { verify } from '../../../src/explain/verify.js';
import { event, shopWith } from '../engine/engine-bench.js';
import { MortalDatabase, until } from '../outbox/outbox-fixture.js';
import { journeyThat, secret, WebhookBench } from './webhook-bench.js';

let hooks: WebhookBench;
beforeAll(async () => {
  hooks = await WebhookBench.open();
});
beforeEach(() => hooks.clear());
afterAll(() => hooks.close());

const workspaceOf = (more = '', atEnd = '') =>
  journeyThat(
    `  - webhook: "${hooks.receiver.url}/repairs/{{trigger.repair_id}}"
    id: hook
    body: { who: =customer.id, repair: =trigger.repair_id }
    save_as: answer
    else: [{ stop: "in vain, {{answer.status}}" }]
${more}  - stop: "well, {{answer.status}}"`,
    atEnd,
  );
const received = (customer = 'ann', id = 'r1') => event('repair.received', customer, { repair_id: id });
const cancelled = (customer = 'ann', id = 'r1') => event('repair.cancelled', customer, { repair_id: id });
const begin = async (workspace = workspaceOf(), ...customers: readonly string[]) => {
  const running = await hooks.bench.engine(workspace);
  const events = (customers.length === 0 ? ['ann'] : customers).map((one) => received(one));
  await running.engine.decide({ source: 'http', events });
  return running.engine;
};
const isTrue = async (): Promise<void> => {
  expect(await verify(hooks.bench.db, { sample: 100, seed: 1 })).toMatchObject({ differences: [], unverified: [] });
};
/** Until every call is over, and then what the engine makes of it. */
const settled = async (engine: Awaited<ReturnType<typeof begin>>): Promise<void> => {
  await until(async () => !(await hooks.states()).some((state) => ['queued', 'calling', 'retrying'].includes(state)));
  while ((await engine.decidePending()) > 0);
};

describe('the step webhook', () => {
  it('calls, signed, under a key of its own, and the journey goes on with the answer', async () => {
    const engine = await begin();
    expect(await hooks.reasons()).toEqual([null]);
    hooks.caller();
    await settled(engine);
    expect(await hooks.reasons()).toEqual(['well, 200']);
    const [call] = await hooks.calls();
    expect(call).toMatchObject({ state: 'done', attempts: 1, status: 200, reason: null });
    const [request] = hooks.receiver.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/repairs/r1' });
    expect(JSON.parse(request?.body ?? '')).toEqual({ who: 'ann', repair: 'r1' });
    expect(request?.headers['idempotency-key']).toBe(call?.id);
    const [, at = '', mac] = /^t=(\d+),v1=(\w+)$/.exec(String(request?.headers['peyk-signature'])) ?? [];
    expect(mac).toBe(
      createHmac('sha256', secret)
        .update(`${at}.${request?.body ?? ''}`)
        .digest('hex'),
    );
    await isTrue();
  });

  it('keeps JSON as JSON and text as text', async () => {
    const workspace = journeyThat(`  - webhook: "${hooks.receiver.url}"
    method: GET
    save_as: answer
  - stop: "{{answer.body}}"`);
    hooks.receiver.next({ kind: 'answer', status: 200, body: 'بله' });
    const engine = await begin(workspace);
    hooks.caller();
    await settled(engine);
    expect(await hooks.reasons()).toEqual(['بله']);
    expect(hooks.receiver.requests).toMatchObject([{ method: 'GET', body: '' }]);
    const [kept] = await hooks.bench.sql<{ data: object }>(`select data from event where type = 'webhook.answered'`);
    expect(kept?.data).toMatchObject({
      journey: 'calling',
      key: 'r1',
      enrolment: 1,
      step: 'webhook',
      status: 200,
      body: 'بله',
    });
    await isTrue();
  });

  it('takes its else where the receiver says no, and asks no more', async () => {
    hooks.receiver.next({ kind: 'answer', status: 404, body: 'no such repair' });
    const engine = await begin();
    hooks.caller();
    await settled(engine);
    expect(await hooks.reasons()).toEqual(['in vain, 404']);
    expect(hooks.receiver.requests).toHaveLength(1);
    await isTrue();
  });

  it('takes its else at once where the address may not be called', async () => {
    const engine = await begin(
      journeyThat(`  - webhook: http://169.254.169.254/latest/meta-data/
    save_as: answer
    else: [{ stop: "in vain, {{answer.status}}" }]`),
    );
    hooks.caller();
    await settled(engine);
    expect(await hooks.reasons()).toEqual(['in vain, 0']);
    expect(await hooks.calls()).toMatchObject([
      { state: 'failed', attempts: 1, status: 0, reason: expect.stringContaining('PEYK_WEBHOOK_ALLOW') as string },
    ]);
    await isTrue();
  });

  it('tries again under the same key, with the same body, until the receiver answers', async () => {
    hooks.receiver.next(
      { kind: 'answer', status: 503 },
      { kind: 'reset', accept: true },
      { kind: 'answer', status: 429, headers: { 'retry-after': '3' } },
    );
    const engine = await begin();
    const caller = hooks.caller();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await until(
        async () => (await hooks.calls())[0]?.attempts === attempt && (await hooks.states())[0] === 'retrying',
      );
      expect(await engine.decidePending()).toBe(0);
      await hooks.hurry();
      caller.wake();
    }
    await settled(engine);
    expect(await hooks.reasons()).toEqual(['well, 200']);
    expect(hooks.receiver.requests).toHaveLength(4);
    expect(
      new Set(hooks.receiver.requests.map(({ headers, body }) => `${String(headers['idempotency-key'])} ${body}`)).size,
    ).toBe(1);
    expect(hooks.receiver.taken.size).toBe(1);
    await isTrue();
  });

  it('takes its else when five attempts were in vain, with the last status', async () => {
    hooks.receiver.choose = () => ({ kind: 'answer', status: 500, body: '{"error": "down"}' });
    const engine = await begin();
    const caller = hooks.caller();
    while ((await hooks.states())[0] !== 'failed') {
      await hooks.hurry();
      caller.wake();
    }
    await settled(engine);
    expect(hooks.receiver.requests).toHaveLength(5);
    expect(await hooks.reasons()).toEqual(['in vain, 500']);
    await isTrue();
  });

  it('waits for what it waits for: another event does not pass it', async () => {
    const engine = await begin();
    await engine.decide({
      source: 'http',
      events: [event('visit', 'ann'), event('repair.ready', 'ann', { repair_id: 'r1' })],
    });
    expect(await hooks.reasons()).toEqual([null]);
    hooks.caller();
    await settled(engine);
    expect(await hooks.reasons()).toEqual(['well, 200']);
    await isTrue();
  });

  it('cannot be answered by anybody else', async () => {
    const engine = await begin();
    const { catalogue } = workspaceOf();
    expect(catalogue.whyRefused('webhook.answered')).toContain('comes from the engine itself');
    // Nor is one of another source, which could only come from an earlier catalogue, an answer.
    const forged = { journey: 'calling', key: 'r1', enrolment: 1, step: 'hook', url: 'x', status: 200, body: null };
    await engine.decide({ source: 'http', events: [event('webhook.answered', 'ann', forged)] });
    expect(await hooks.reasons()).toEqual([null]);
  });

  it('of an enrolment that is left is not called any more, but that of its end is', async () => {
    const engine = await begin(workspaceOf('', `at_end: [{ webhook: "${hooks.receiver.url}/end" }]\n`));
    await engine.decide({ source: 'http', events: [cancelled()] });
    hooks.caller();
    await settled(engine);
    expect(hooks.receiver.requests.map(({ path }) => path)).toEqual(['/end']);
    expect((await hooks.states()).sort()).toEqual(['done', 'withdrawn']);
    expect(await hooks.reasons()).toEqual(['exit_rule']);
    expect(await hooks.bench.number('select count(*) from pending_event')).toBe(0);
    await isTrue();
  });

  it('of an enrolment that is left within the same batch never was', async () => {
    const { engine } = await hooks.bench.engine(workspaceOf());
    await engine.decide({ source: 'http', events: [received(), cancelled()] });
    expect(await hooks.calls()).toEqual([]);
    await isTrue();
  });

  it('that is under way when its enrolment is left is not tried again, and its answer is not told', async () => {
    const [fails, well] = [received('ann'), received('bob')];
    hooks.receiver.choose = () => ({ kind: 'silence', accept: true });
    const { engine } = await hooks.bench.engine(workspaceOf());
    await engine.decide({ source: 'http', events: [fails, well] });
    const caller = hooks.caller({ stopWithinMs: 50 });
    await until(() => hooks.receiver.requests.length === 2);
    await engine.decide({ source: 'http', events: [cancelled('ann')] });
    expect((await hooks.states()).sort()).toEqual(['calling', 'calling']);
    // The process ends: it breaks off both, and only one is wanted still.
    await caller.stop();
    expect((await hooks.states()).sort()).toEqual(['retrying', 'withdrawn']);
    await isTrue();
  });
});

describe('who verifies calls', () => {
  it('finds one that is missing, changed, too many or withdrawn without a reason', async () => {
    await begin();
    await isTrue();
    const found = async () => (await verify(hooks.bench.db, { customer: 'ann' })).differences.map(({ what }) => what);
    const call = /^call calling\/1 hook \S+/.source;
    await hooks.bench.sql(`update webhook_call set body = '{"who": "eve"}'`);
    expect(await found()).toEqual([
      expect.stringMatching(`${call}\\.body\\.who$`),
      expect.stringMatching(`${call}\\.body\\.repair$`),
    ]);
    await hooks.bench.sql(`update webhook_call set body = '{"who": "ann", "repair": "r1"}', withdrawn_at = now()`);
    expect(await found()).toEqual([expect.stringMatching(`${call}\\.withdrawn$`)]);
    await hooks.bench.sql('delete from webhook_call');
    expect(await found()).toEqual([expect.stringMatching(`${call}$`)]);
  });
});

describe('callers', () => {
  it('that die between the call and what they would write of it call again, under the same key', async () => {
    const database = new MortalDatabase(hooks.bench.db);
    hooks.receiver.choose = () => {
      database.die();
      hooks.receiver.choose = undefined;
      return undefined;
    };
    const engine = await begin();
    const dying = hooks.caller({}, database);
    hooks.forget(dying);
    await until(() => hooks.attempts.length === 1);
    expect(await hooks.states()).toEqual(['calling']);
    const heir = hooks.caller();
    await heir.lookAround();
    expect(hooks.receiver.requests).toHaveLength(1);
    // The lease of the dead one lapses.
    await hooks.bench.sql(`update webhook_call set lease_until = clock_timestamp() - interval '1 second'`);
    await heir.lookAround();
    await settled(engine);
    expect(hooks.receiver.requests).toHaveLength(2);
    expect(hooks.receiver.taken.size).toBe(1);
    expect(await hooks.reasons()).toEqual(['well, 200']);
    expect(await hooks.calls()).toMatchObject([{ state: 'done', attempts: 2 }]);
    await isTrue();
  });

  it('side by side make each of many calls once, no more at a time than they may', async () => {
    const people = Array.from({ length: 120 }, (_, no) => `c${String(no)}`);
    let [open, most] = [0, 0];
    hooks.receiver.choose = () => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => (open -= 1));
      return undefined;
    };
    const engine = await begin(workspaceOf(), ...people);
    hooks.caller({ concurrency: 4 });
    hooks.caller({ concurrency: 4 });
    await settled(engine);
    expect(hooks.receiver.requests).toHaveLength(120);
    expect(hooks.receiver.taken.size).toBe(120);
    expect(most).toBeLessThanOrEqual(8);
    expect(await hooks.reasons()).toEqual(people.map(() => 'well, 200'));
    await isTrue();
  });

  it('whose lease has lapsed change nothing any more', async () => {
    const engine = await begin();
    hooks.receiver.next({ kind: 'slow', ms: 300 });
    hooks.caller();
    await until(() => hooks.receiver.requests.length === 1);
    await hooks.bench.sql(`update webhook_call set lease = gen_random_uuid()`);
    await until(() => hooks.attempts.length === 1);
    await hooks.stopCallers();
    expect(await hooks.states()).toEqual(['calling']);
    expect(await engine.decidePending()).toBe(0);
  });

  it('keep what they could not write until the database is back', async () => {
    const engine = await begin();
    let away = 2;
    const { db } = hooks.bench;
    const flaky = {
      ...{ notify: db.notify.bind(db), listen: db.listen.bind(db), transaction: db.transaction.bind(db) },
      run: ((one: { name: string }, values: readonly unknown[]) => {
        if (one.name !== 'settle-webhook-calls' || (away -= 1) < 0) return db.run(one as never, values);
        return Promise.reject(new Error('the database is away'));
      }) as typeof db.run,
    };
    hooks.caller({}, flaky);
    await settled(engine);
    expect(hooks.receiver.requests).toHaveLength(1);
    expect(hooks.troubles).toHaveLength(2);
    expect(await hooks.reasons()).toEqual(['well, 200']);
  });

  it.each([
    ['journey', 'calling'],
    ['all', ''],
  ])('call nobody while there is a pause of kind %s, and go on afterwards', async (kind, name) => {
    const engine = await begin();
    await hooks.bench.sql(`insert into pause (kind, name, reason) values ($1, $2, 'test')`, [kind, name]);
    await hooks.caller().lookAround();
    // Which waits for the claim.
    await hooks.stopCallers();
    expect(await hooks.states()).toEqual(['queued']);
    await hooks.bench.sql('delete from pause');
    hooks.caller();
    await settled(engine);
    expect(hooks.receiver.requests).toHaveLength(1);
    expect(await hooks.reasons()).toEqual(['well, 200']);
  });

  it('do not keep others waiting for a slow receiver', async () => {
    const workspace = shopWith({
      'journeys/slow.yaml': text('slow', '/slow'),
      'journeys/quick.yaml': text('quick', '/quick'),
    });
    hooks.receiver.choose = ({ path }) => (path === '/slow' ? { kind: 'silence', accept: false } : undefined);
    await begin(workspace, ...Array.from({ length: 20 }, (_, no) => `c${String(no)}`));
    hooks.caller({ concurrency: 2, stopWithinMs: 50 });
    await until(async () => (await hooks.states()).filter((state) => state === 'done').length === 20);
    // Until all of the others are made it has one hand of the two.
    const first = hooks.receiver.requests.slice(0, 21).map(({ path }) => path);
    expect(first.filter((path) => path === '/slow')).toHaveLength(1);
  });

  it('pass over what is paused to the others', async () => {
    const workspace = shopWith({
      'journeys/held.yaml': text('held', '/held'),
      'journeys/free.yaml': text('free', '/free'),
    });
    await begin(workspace, 'ann', 'bob', 'cat');
    await hooks.bench.sql(`insert into pause (kind, name, reason) values ('journey', 'held', 'test')`);
    hooks.caller({ concurrency: 2 });
    await until(async () => (await hooks.states()).filter((state) => state === 'done').length === 3);
    expect(hooks.receiver.requests.map(({ path }) => path)).toEqual(['/free', '/free', '/free']);
  });
});

function text(name: string, path: string): string {
  return `journey: ${name}
purpose: service
about: repair_id
trigger: { event: repair.received }
steps: [{ webhook: "${hooks.receiver.url}${path}" }]
`;
}
