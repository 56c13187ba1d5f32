import { linkCodes } from '../../../src/engine/link-codes.js';
import { verify } from '../../../src/explain/verify.js';
import { pruning } from '../../../src/pruning/pruning.js';
import { idAt } from '../../../src/pruning/message-time.js';
import { pruneLinks } from '../../../src/store/links/prune-links.sql.js';
import { Bench, DAY, event, shopWith, type Running } from '../engine/engine-bench.js';

const workspace = {
  ...shopWith({
    'templates/linked/sms.hbs': '{{link "https://example.com/a"}} {{unsubscribe}}\n',
    'journeys/calls.yaml': `journey: calls
purpose: service
trigger: { event: visit }
steps:
  - send: linked
  - webhook: https://crm.example.com/visits
    save_as: answer
  - wait_for: { event: purchase.completed }
    at_most: 30 days
`,
  }),
  links: linkCodes('https://peyk.example.com'),
};

let bench: Bench;
let running: Running;
beforeAll(async () => {
  bench = await Bench.open();
});
beforeEach(async () => {
  await bench.clear();
  await bench.sql('truncate link, provider_poll');
  running = await bench.engine(workspace);
});
afterAll(() => bench.close());

/** A turn of each, as the beat has them: what it gives is known at the next. */
async function turn(days: number, now: number, polls = pruning(bench.db, days)): Promise<void> {
  for (const poll of polls) {
    const [row] = await bench.sql<{ until: number | null }>('select until from provider_poll where name = $1', [
      poll.name,
    ]);
    const until = await poll.ask(now, row?.until ?? undefined);
    await bench.sql(
      `insert into provider_poll (name, next_at, until) values ($1, now(), to_timestamp($2::float8 / 1000))
       on conflict (name) do update set until = excluded.until`,
      [poll.name, until],
    );
  }
}

async function visit(customer: string): Promise<void> {
  await running.engine.decide({
    source: 'http',
    events: [event('customer.updated', customer, { phone: '+989121234567' }), event('visit', customer)],
  });
}

const count = (table: string): Promise<number> => bench.number(`select count(*) from ${table}`);
const answered = (customer: string): Promise<unknown> =>
  bench.sql(`update webhook_call set state = 'done', settled_at = clock_timestamp() where customer_id = $1`, [
    customer,
  ]);
const left = (customer: string): Promise<unknown> =>
  bench.sql(
    `update enrolment set status = 'ended', ended_at = entered_at, reason = 'completed' where customer_id = $1`,
    [customer],
  );

describe('what is over', () => {
  it('is taken away once it is old enough, and never before that was told', async () => {
    for (const customer of ['ann', 'bob', 'eve']) await visit(customer);
    for (const customer of ['ann', 'bob']) await answered(customer);
    for (const customer of ['ann', 'eve']) await left(customer);
    expect([await count('webhook_call'), await count('link')]).toEqual([3, 6]);

    const now = Date.now();
    await turn(30, now + 29 * DAY);
    await turn(30, now + 29 * DAY);
    expect([await count('webhook_call'), await count('link')]).toEqual([3, 6]);
    await turn(30, now + 31 * DAY);
    expect(await count('webhook_call')).toBe(3);
    await turn(30, now + 31 * DAY);
    // Eve's is still to be made.
    expect(await bench.sql('select customer_id from webhook_call')).toEqual([{ customer_id: 'eve' }]);
    // However little is to be kept, links work for ninety days.
    expect(await count('link')).toBe(6);

    await turn(30, now + 91 * DAY);
    await turn(30, now + 91 * DAY);
    // Bob is inside, and may be waited for; addresses to opt out live longer.
    expect(await bench.sql('select customer_id, target from link where target is not null')).toEqual([
      { customer_id: 'bob', target: 'https://example.com/a' },
    ]);
    expect(await count('link where target is null')).toBe(3);
    await turn(30, now + 731 * DAY);
    await turn(30, now + 731 * DAY);
    expect(await bench.sql('select distinct customer_id from link')).toEqual([{ customer_id: 'bob' }]);
  });

  it('is looked at again a week later where somebody was inside, and else not', async () => {
    await visit('bob');
    const now = Date.now();
    const aTurn = async (day: number): Promise<void> => {
      await turn(30, now + day * DAY);
      await turn(30, now + day * DAY);
    };
    await aTurn(91);
    await left('bob');
    await aTurn(97);
    expect(await count('link where target is not null')).toBe(1);
    await aTurn(99);
    expect(await count('link where target is not null')).toBe(0);
    // The address to opt out has a time of its own.
    await bench.sql(`update enrolment set status = 'active', ended_at = null where customer_id = 'bob'`);
    await aTurn(731);
    await left('bob');
    await aTurn(736);
    expect(await count('link')).toBe(1);
    await aTurn(739);
    expect(await count('link')).toBe(0);
  });

  it('costs what is due, not what stays', async () => {
    await bench.sql(
      `insert into link (code, target, message_id, customer_id, journey, template, purpose, channel, created_at, look_again)
       select 'c' || no, case when no % 2 = 0 then 'https://example.com/' end, $1::bigint + no, 'x', 'j', 't', 'p', 'sms', now(),
         case when no % 2 = 0 then $2::bigint end
       from generate_series(1, 40000) as no`,
      [idAt(Date.parse('2026-02-01T00:00:00Z')), idAt(Date.parse('2026-06-01T00:00:00Z'))],
    );
    const limits = [idAt(Date.parse('2026-05-01T00:00:00Z')), idAt(Date.parse('2026-01-15T00:00:00Z')), 1, 1_000];
    const [row] = await bench.sql<{ 'QUERY PLAN': readonly { readonly Plan: Readonly<Record<string, number>> }[] }>(
      `explain (analyze, buffers, format json) ${pruneLinks.text}`,
      limits,
    );
    const { 'Shared Hit Blocks': hit = Infinity, 'Shared Read Blocks': read = Infinity } =
      row?.['QUERY PLAN'][0]?.Plan ?? {};
    expect(hit + read).toBeLessThan(50);
  });

  it('is no difference to who verifies the past: it cannot be verified', async () => {
    await visit('ann');
    await answered('ann');
    expect(await verify(bench.db, { customer: 'ann' })).toMatchObject({ differences: [], unverified: [] });
    await bench.sql('delete from link');
    await bench.sql('delete from webhook_call');
    expect((await verify(bench.db, { customer: 'ann' })).differences.length).toBeGreaterThan(1);
    await turn(1, Date.now() + 100 * DAY);
    const { differences, unverified } = await verify(bench.db, { customer: 'ann' });
    expect(differences).toEqual([]);
    expect(unverified.map(({ why }) => why)).toEqual(['its links are not kept any more', 'it is not kept any more']);
  });

  it('is walked past in slices where much of it stays', async () => {
    await bench.sql(
      `insert into link (code, target, message_id, customer_id, journey, template, purpose, channel, created_at)
       select 'c' || no, case when no % 2 = 0 then 'https://example.com/' end, $1::bigint + no / 3, 'x', 'j', 't', 'p', 'sms', now()
       from generate_series(1, 5000) as no`,
      [idAt(Date.parse('2026-02-01T00:00:00Z'))],
    );
    await turn(30, Date.parse('2026-06-01T00:00:00Z'));
    await turn(30, Date.parse('2026-06-01T00:00:00Z'));
    expect([await count('link where target is not null'), await count('link')]).toEqual([0, 2_500]);
  });

  it('comes to its end behind more that stays than a turn walks past', async () => {
    await bench.sql(
      `insert into link (code, target, message_id, customer_id, journey, template, purpose, channel, created_at)
       select 'c' || no, case when no > 250000 then 'https://example.com/' end, $1::bigint + no, 'x', 'j', 't', 'p', 'sms', now()
       from generate_series(1, 250100) as no`,
      [idAt(Date.parse('2026-02-01T00:00:00Z'))],
    );
    const polls = pruning(bench.db, 30);
    for (let turns = 0; turns < 3; turns += 1) await turn(30, Date.parse('2026-06-01T00:00:00Z'), polls);
    expect([await count('link where target is not null'), await count('link')]).toEqual([0, 250_000]);
  });
});
