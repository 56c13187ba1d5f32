import { mergeByHand } from '../../../src/engine/merging/merge-by-hand.js';
import { explainKept } from '../../../src/explain/explain-kept.js';
import { verify } from '../../../src/explain/verify.js';
import { putCustomer } from '../../../src/store/customers/put-customer.js';
import type { Engine } from '../../../src/engine/engine.js';
import type { IncomingEvent } from '../../../src/intake/intake.js';
import { Bench, DAY, event, HOUR, shopWith, spying } from './engine-bench.js';

const START = Date.parse('2040-03-01T08:00:00Z');

const workspace = shopWith({
  'journeys/greeting.yaml': `journey: greeting
purpose: service
trigger: { event: visit }
steps:
  - send: hello
  - wait: 1 day
  - send: bye
`,
  'journeys/calling.yaml': `journey: calling
purpose: transactional
about: repair_id
trigger: { event: repair.received }
steps:
  - task: "call about {{trigger.repair_id}}"
    within: 1 day
    else: [{ stop: nobody called }]
  - stop: called
`,
  'journeys/pressing.yaml': `journey: pressing
purpose: transactional
about: repair_id
trigger: { event: repair.estimated }
steps:
  - send: hello
    else: [{ stop: not reached }]
  - wait_for:
      - event: repair.ready
        then: [{ stop: fetched }]
    at_most: 3 days
`,
  'journeys/regular.yaml': `journey: regular
purpose: service
trigger: { event: order.placed, when: 'count("purchase.completed") > 2 && sum("purchase.completed", "amount") == toman(0.6)' }
steps:
  - stop: regular
`,
  'journeys/clinging.yaml': `journey: clinging
purpose: service
trigger: { event: repair.sent_to_workshop }
steps:
  - wait: 2 days
at_end:
  - emit: repair.sent_to_workshop
    data: { repair_id: again }
`,
  'journeys/joined.yaml': `journey: joined
purpose: service
trigger: { event: customer.merged }
steps:
  - stop: '{{trigger.from}} is {{customer.id}}'
`,
});

type Pair = readonly [string, string];

describe('two customers who are one', () => {
  let bench: Bench;
  let engine: Engine;
  beforeAll(async () => {
    bench = await Bench.open(14);
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
    ({ engine } = await bench.engine(workspace));
  });
  afterAll(() => bench.close());

  const decide = (...events: readonly IncomingEvent[]) => engine.decide({ source: 'http', events });
  const merging = (from: string, into: string, subject = into) => event('customer.merged', subject, { from, into });
  const known = (customer: string, attributes: IncomingEvent['data']) =>
    event('customer.updated', customer, attributes);
  const buys = (customer: string, amount: number, id: string) =>
    event('purchase.completed', customer, { amount, kind: 'x', order: { id: 1 } }, { id });
  const inside = () =>
    bench.sql<{ told: string }>(
      `select customer_id || ' ' || journey || coalesce(' ' || key, '') || ': ' || status || coalesce(' ' || reason, '') as told
       from enrolment order by 1`,
    );
  const told = async () => (await inside()).map((row) => row.told);
  const profile = async (id: string) =>
    (await bench.sql('select attributes, consent, closed, merged_into, seq from customer where id = $1', [id]))[0];
  const messages = () =>
    bench.sql<{ customer_id: string; journey: string; template: string; state: string; reason: string | null }>(
      `select customer_id, journey, template, state, reason from message order by id`,
    );
  /** Wherever an id may stand that means whose something is. */
  const rowsOf = (id: string): Promise<number> =>
    bench.number(
      ['event', 'event_day', 'enrolment', 'message', 'task', 'webhook_call', 'customer_change', 'pending_event']
        .map((table) => `(select count(*) from ${table} where customer_id = $1)`)
        .join(' + '),
      [id],
    );

  it('have one history, in which what both had is once, and one profile, in which a withdrawal wins', async () => {
    await decide(
      known('old', { name: 'Ann', phone: '+989121234567', email: 'old@example.com', consent: { service: false } }),
      known('new', { phone: '+989127654321', consent: { service: true, transactional: true } }),
      event('consent.withdrawn', 'old', { purpose: 'transactional', channel: 'email' }),
      buys('old', 1, 'p1'),
      buys('old', 2, 'p2'),
      buys('new', 2, 'p2'),
      buys('new', 3, 'p3'),
    );
    expect(await decide(merging('old', 'new'))).toEqual([{ kind: 'accepted' }]);
    expect(await profile('new')).toMatchObject({
      attributes: { name: 'Ann', phone: '+989127654321', email: 'old@example.com' },
      consent: { service: false, transactional: true },
      closed: { transactional: ['email'] },
      merged_into: null,
    });
    expect(await profile('old')).toMatchObject({ attributes: {}, consent: {}, closed: {}, merged_into: 'new' });
    expect(await rowsOf('old')).toBe(0);
    expect(await bench.sql(`select count, sums from event_day where type = 'purchase.completed'`)).toEqual([
      { count: 3, sums: { amount: 6 } },
    ]);
    expect(await bench.number(`select count(distinct seq) - count(*) from event where customer_id = 'new'`)).toBe(0);
    await decide(event('order.placed', 'new'));
    expect(await told()).toContain('new regular: ended regular');
  });

  it('have what both had once, also where they had it on different days', async () => {
    const bought = (customer: string, id: string, time: number) =>
      event('purchase.completed', customer, { amount: 2, kind: 'x', order: { id: 1 } }, { id, time });
    await decide(bought('old', 'p1', START - 3 * DAY), bought('old', 'p2', START - 2 * DAY));
    await decide(bought('new', 'p1', START - DAY));
    await decide(merging('old', 'new'));
    expect(
      await bench.sql(`select day::text, count, sums from event_day where type = 'purchase.completed' order by day`),
    ).toEqual([
      { day: '2040-02-28', count: 1, sums: { amount: 2 } },
      { day: '2040-02-29', count: 1, sums: { amount: 2 } },
    ]);
  });

  it('hear of one delivery once, also where it is told again afterwards', async () => {
    const data = { message_id: '77', journey: 'greeting', template: 'hello', channel: 'sms' };
    const told = event('message.delivered', 'old', data, { id: 'kavenegar/9001/delivered', source: '/messages' });
    await decide(event('visit', 'new'), told);
    await decide(merging('old', 'new'));
    expect(await decide(told)).toEqual([{ kind: 'duplicate' }]);
    expect(await bench.number(`select count(*) from event where type = 'message.delivered'`)).toBe(1);
  });

  it('go on in the journeys of both, and do not get what either has said no to', async () => {
    await decide(
      known('old', { phone: '+989121234567' }),
      known('new', { phone: '+989127654321' }),
      event('repair.received', 'new', { repair_id: 'r1' }),
      event('visit', 'old'),
      event('repair.received', 'old', { repair_id: 'r2' }),
      event('consent.withdrawn', 'new', { purpose: 'service' }),
    );
    await decide(merging('old', 'new'));
    expect(await told()).toEqual([
      'new calling r1: active',
      'new calling r2: active',
      'new greeting: active',
      'new joined: ended old is new',
    ]);
    expect(await messages()).toEqual([
      { customer_id: 'new', journey: 'greeting', template: 'hello', state: 'withdrawn', reason: 'opted_out' },
    ]);
    const tasks = await bench.sql<{ id: string; title: string; customer_id: string }>(
      'select id, title, customer_id from task order by title',
    );
    expect(tasks.map(({ title, customer_id: of }) => [title, of])).toEqual([
      ['call about r1', 'new'],
      ['call about r2', 'new'],
    ]);
    // Under the id by which the task is known outside, whoever it was of.
    await decide(event('task.done', 'old', { task_id: tasks[1]?.id ?? '', result: 'well' }));
    expect(await told()).toContain('new calling r2: ended called');
    expect(await told()).toContain('new calling r1: active');
  });

  it.each([
    { first: 'old', gone: 'new' },
    { first: 'new', gone: 'old' },
  ])('are inside a journey once: whoever entered later ($gone) leaves as at any exit', async ({ first, gone }) => {
    await decide(known('old', { phone: '+989121234567' }), known('new', { phone: '+989127654321' }));
    await decide(event('visit', first));
    bench.now = START + HOUR;
    await decide(event('visit', gone));
    await decide(merging('old', 'new'));
    expect(await told()).toEqual([
      'new greeting: active',
      'new greeting: ended merged',
      'new joined: ended old is new',
    ]);
    expect((await messages()).map(({ state, reason }) => [state, reason])).toEqual([
      ['queued', null],
      ['withdrawn', 'exit'],
    ]);
    bench.now = START + DAY + 1;
    await engine.decideDueTimers();
    expect((await messages()).map(({ template }) => template)).toEqual(['hello', 'hello', 'bye']);
  });

  it('are inside once, also where whoever leaves a journey comes into it again', async () => {
    const sent = (customer: string) => event('repair.sent_to_workshop', customer, { repair_id: 'r1' });
    await decide(sent('old'), sent('new'));
    await decide(merging('old', 'new'));
    expect((await told()).filter((line) => line.includes('clinging'))).toEqual([
      'new clinging: active',
      'new clinging: ended merged',
      'new clinging: ended merged',
    ]);
  });

  it('hear of messages that were under way, also where both have one of the same name', async () => {
    await decide(known('old', { phone: '+989121234567' }), known('new', { phone: '+989127654321' }));
    const cost = { cost: 5 };
    await decide(
      event('repair.estimated', 'new', { repair_id: 'r1', ...cost }),
      event('repair.estimated', 'old', { repair_id: 'r2', ...cost }),
    );
    const refs = await bench.sql<{ ref: string }>('select ref from message');
    expect(new Set(refs.map(({ ref }) => ref)).size).toBe(1);
    // A sender has settled one before the two are one, and another afterwards.
    const settle = (id: string): Promise<unknown> =>
      bench.sql(
        `with done as (update message set state = 'failed' where key = $1 returning *)
         insert into pending_event (customer_id, id, source, type, time, data)
         select customer_id, id || '/sms', '/messages', 'message.failed', now(), jsonb_build_object(
           'message_id', id, 'journey', journey, 'template', template, 'channel', 'sms', 'ref', ref, 'last', true) from done`,
        [id],
      );
    await settle('r2');
    await decide(merging('old', 'new'));
    await engine.decidePending();
    expect(await told()).toContain('new pressing r2: ended not reached');
    expect(await told()).toContain('new pressing r1: active');
    await settle('r1');
    await engine.decidePending();
    expect(await told()).toContain('new pressing r1: ended not reached');
  });

  it('are one for what was read of the one, and is decided when there is only the other', async () => {
    await decide(known('old', { phone: '+989121234567' }), known('new', { phone: '+989127654321' }));
    const estimated = (customer: string, key: string) =>
      event('repair.estimated', customer, { repair_id: key, cost: 5 });
    await decide(estimated('new', 'r1'), estimated('old', 'r2'));
    await bench.sql(
      `insert into pending_event (customer_id, id, source, type, time, data)
       select customer_id, id || '/sms', '/messages', 'message.failed', now(), jsonb_build_object(
         'message_id', id, 'journey', journey, 'template', template, 'channel', 'sms', 'ref', ref, 'last', true)
       from message where key = 'r2'`,
    );
    let merged = false;
    const db = spying(bench.db, async (name) => {
      if (name !== 'take-pending-events' || merged) return;
      merged = true;
      await decide(merging('old', 'new'));
    });
    const late = await bench.engine(workspace, { db });
    await late.engine.decidePending();
    await bench.sql(
      `insert into pending_event (customer_id, id, source, type, time, data)
       values ('old', 'v', '/journeys/telling', 'visit', to_timestamp($1), '{}')`,
      [START / 1000],
    );
    await late.engine.decidePending();
    expect(await told()).toContain('new greeting: active');
    expect(await told()).toContain('new pressing r2: ended not reached');
    expect(await told()).toContain('new pressing r1: active');
  });

  it('are one under both ids: events for either, in one batch and after it, are decided in their order', async () => {
    await decide(
      event('repair.received', 'old', { repair_id: 'r1' }),
      merging('old', 'new', 'old'),
      event('repair.received', 'old', { repair_id: 'r1' }),
      event('visit', 'new'),
      event('visit', 'old', {}, { id: 'v2' }),
    );
    expect(await told()).toEqual(['new calling r1: active', 'new greeting: active', 'new joined: ended old is new']);
    expect(await decide(event('visit', 'old', {}, { id: 'v2' }))).toEqual([{ kind: 'duplicate' }]);
    // Another process knows nothing of it yet.
    const other = await bench.engine(workspace);
    await other.engine.decide({ source: 'http', events: [event('repair.received', 'old', { repair_id: 'r3' })] });
    expect(await rowsOf('old')).toBe(0);
    expect(await told()).toContain('new calling r3: active');
  });

  it('are merged once, in a chain, and in no circle', async () => {
    await decide(event('visit', 'a'), event('visit', 'b'), event('visit', 'c'));
    const once = merging('a', 'b');
    await decide(once);
    expect(await decide(once)).toEqual([{ kind: 'duplicate' }]);
    await decide(merging('a', 'b'), merging('b', 'c'), merging('c', 'a'));
    const names = await bench.sql('select id, merged_into from customer order by id');
    expect(names).toEqual([
      { id: 'a', merged_into: 'b' },
      { id: 'b', merged_into: 'c' },
      { id: 'c', merged_into: null },
    ]);
    const other = await bench.engine(workspace);
    await other.engine.decide({ source: 'http', events: [event('visit', 'a', {}, { id: 'late' })] });
    expect(await bench.sql(`select customer_id from event where id = 'late'`)).toEqual([{ customer_id: 'c' }]);
    expect(await bench.number(`select count(*) from event where type = 'visit'`)).toBe(4);
  });

  it('are explained under both ids, and what was decided of the two is not guessed at', async () => {
    await decide(event('visit', 'old'), event('repair.received', 'new', { repair_id: 'r1' }), event('visit', 'else'));
    await decide(merging('old', 'new'));
    const why = 'customer old was merged into it: what was decided on the two is not decided once more';
    for (const customer of ['old', 'new']) {
      expect(await explainKept(bench.db, { customer, journey: undefined })).toMatchObject({
        customer: 'new',
        gaps: [why],
        standing: [{ journey: 'calling' }, { journey: 'greeting' }, { journey: 'joined' }],
      });
      expect(await verify(bench.db, { customer })).toMatchObject({
        differences: [],
        unverified: [{ customer: 'new', what: 'everything', why }],
      });
    }
    // A second name is nobody to look at.
    expect(await verify(bench.db, { sample: 10, seed: 1 })).toMatchObject({ customers: 2, differences: [] });
  });

  it('have one profile, whichever id it is put under, and one that is merged meanwhile', async () => {
    await decide(known('old', { name: 'Ann' }), known('new', { email: 'ann@example.com' }));
    await decide(merging('old', 'new'));
    expect(await putCustomer(bench.db, 'old', { name: 'Anna' })).toEqual({
      ...{ id: 'new', created: false, changed: true, attributes: { name: 'Anna' }, consent: {} },
    });
    expect(await profile('old')).toMatchObject({ attributes: {}, merged_into: 'new' });
  });

  it('are merged by hand only where both are known, and not the other way round', async () => {
    const byHand = (from: string, into: string) => mergeByHand(bench.db, engine, { from, into });
    await decide(event('visit', 'customer-1'), event('visit', 'customer-2'), event('visit', 'x'));
    expect(await byHand('customer-1', 'customer-3')).toEqual({
      ...{ kind: 'unknown', id: 'customer-3', near: '; did you mean "customer-2"?' },
    });
    expect(await bench.number('select count(*) from customer')).toBe(3);
    expect(await byHand('customer-1', 'customer-2')).toEqual({ kind: 'merged', into: 'customer-2' });
    expect(await byHand('customer-1', 'customer-2')).toEqual({ kind: 'one_already', into: 'customer-2' });
    expect(await byHand('customer-2', 'customer-1')).toEqual({ kind: 'circle', into: 'customer-2' });
    expect(await byHand('customer-1', 'x')).toEqual({ kind: 'merged', into: 'x' });
    expect(await byHand('customer-1', 'x')).toEqual({ kind: 'one_already', into: 'x' });
  });

  it('may not be known yet: what comes later is of the one who is left', async () => {
    await decide(merging('unheard', 'unseen'));
    await decide(event('visit', 'unheard'));
    expect(await told()).toEqual(['unseen greeting: active', 'unseen joined: ended unheard is unseen']);
  });

  it('are two or one, and nothing between, wherever the transaction ends', async () => {
    await decide(
      known('old', { phone: '+989121234567' }),
      event('visit', 'old'),
      event('visit', 'new'),
      event('repair.received', 'old', { repair_id: 'r1' }),
    );
    const before = await told();
    const merge = merging('old', 'new');
    const seen: string[] = [];
    const all = [
      ...['move-events', 'move-enrolments', 'move-messages', 'move-pending-events', 'merge-customers'],
      ...['insert-events', 'save-enrolments'],
    ];
    for (const at of all) {
      const db = spying(bench.db, (name) => {
        if (name !== at) return;
        seen.push(name);
        throw Object.assign(new Error('the disk is full'), { code: '53100' });
      });
      const broken = await bench.engine(workspace, { db });
      await expect(broken.engine.decide({ source: 'http', events: [merge] })).rejects.toThrow('the disk is full');
      expect(await told()).toEqual(before);
      expect(await profile('old')).toMatchObject({ attributes: { phone: '+989121234567' }, merged_into: null });
    }
    expect(new Set(seen)).toEqual(new Set(all));
    expect(await decide(merge)).toEqual([{ kind: 'accepted' }]);
    expect(await rowsOf('old')).toBe(0);
  });

  it('lose nothing and never lock each other out while both are written to from two processes, in both orders', async () => {
    const [one, other] = [await bench.engine(workspace), await bench.engine(workspace)];
    const people = Array.from({ length: 30 }, (_, no) => String(no).padStart(2, '0'));
    const names = people.flatMap((no) => [`a${no}`, `z${no}`]);
    const visits = names.flatMap((name) =>
      [1, 2, 3, 4].map((no) => event('repair.ready', name, { repair_id: 'r' }, { id: `${name}-${String(no)}` })),
    );
    const pairs = people.map((no, place) => (place % 2 === 0 ? [`a${no}`, `z${no}`] : [`z${no}`, `a${no}`]) as Pair);
    const batches = Array.from({ length: 12 }, (_, no) => visits.filter((_one, place) => place % 12 === no));
    const work = [
      ...batches.map((events, no) => ({ events, no })),
      ...pairs.map(([from, into], no) => ({ events: [merging(from, into)], no })),
      // The same from elsewhere, the other way round: a circle, of which the first word counts.
      ...[...pairs].reverse().map(([from, into], no) => ({ events: [merging(into, from)], no })),
    ];
    const outcomes = await Promise.all(
      work.map(({ events, no }) => (no % 2 === 0 ? one : other).engine.decide({ source: 'http', events })),
    );
    expect(outcomes.flat().every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(await bench.number('select count(*) from customer where merged_into is not null')).toBe(30);
    expect(await bench.number(`select count(*) from event where type = 'repair.ready'`)).toBe(240);
    expect(
      await bench.number(
        `select count(*) from event join customer on customer.id = customer_id where merged_into is not null`,
      ),
    ).toBe(0);
    expect(
      await bench.number(
        'select count(*) from (select from event group by customer_id, seq having count(*) > 1) twice',
      ),
    ).toBe(0);
    expect([one, other].flatMap(({ watcher }) => watcher.poison)).toEqual([]);
    expect(await bench.number('select deadlocks from pg_stat_database where datname = current_database()')).toBe(0);
  });
});
