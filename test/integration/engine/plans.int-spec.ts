import { claimCustomers } from '../../../src/store/engine/claim-customers.sql.js';
import { loadEnrolments } from '../../../src/store/engine/load-enrolments.sql.js';
import { loadLastExits } from '../../../src/store/engine/load-last-exits.sql.js';
import { closeChannels } from '../../../src/store/engine/close-channels.sql.js';
import { loadContacts } from '../../../src/store/engine/load-contacts.sql.js';
import { loadRechecks } from '../../../src/store/engine/load-rechecks.sql.js';
import { lockDueCustomers } from '../../../src/store/engine/lock-due-customers.sql.js';
import { lockRecheckCustomers } from '../../../src/store/engine/lock-recheck-customers.sql.js';
import { pulse } from '../../../src/store/engine/pulse.sql.js';
import { withdrawOfEnrolments } from '../../../src/store/engine/withdraw-of-enrolments.sql.js';
import { withdrawOfPurposes } from '../../../src/store/engine/withdraw-of-purposes.sql.js';
import { holdMessages } from '../../../src/store/pausing/hold-messages.sql.js';
import { holdTimers } from '../../../src/store/pausing/hold-timers.sql.js';
import { releaseMessages } from '../../../src/store/pausing/release-messages.sql.js';
import { releaseTimers } from '../../../src/store/pausing/release-timers.sql.js';
import { claimCalls } from '../../../src/store/webhooks/claim-calls.sql.js';
import { lapseCalls } from '../../../src/store/webhooks/lapse-calls.sql.js';
import { withdrawCalls } from '../../../src/store/webhooks/withdraw-calls.sql.js';
import type { Statement } from '../../../src/store/connection.js';
import { Bench } from './engine-bench.js';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

const ids = Array.from({ length: 500 }, (_, no) => `c${String(no * 97)}`);

/** As a batch, for one customer, and as a tick asks them. */
const asked: readonly (readonly [string, Statement<unknown>, readonly unknown[]])[] = [
  ['the pulse', pulse, []],
  ['timers that are due', lockDueCustomers, [null, 500]],
  ['timers of paused journeys', holdTimers, [null, 1_000]],
  ['timers of journeys that go on', releaseTimers, [1_000]],
  ['messages of journeys that go on', releaseMessages, [2_000]],
  ['a stretch of the queue', holdMessages, ['', 0, 0, 2_000]],
  ['the enrolments of a batch', loadEnrolments, [ids]],
  ['the enrolments of one customer', loadEnrolments, [['c7']]],
  ['the last exits of a batch', loadLastExits, [ids, ['waiting']]],
  ['customers with messages to look at again', lockRecheckCustomers, [null, 500]],
  ['messages to look at again', loadRechecks, [['c7'], null]],
  ['what caps count', loadContacts, [ids, '2026-01-01T00:00:00Z', ['service']]],
  ['messages of enrolments that end', withdrawOfEnrolments, [['c7'], ['waiting'], [1]]],
  ['messages of a purpose withdrawn', withdrawOfPurposes, [['c7'], ['service']]],
  ['messages of a channel closed', closeChannels, [['c7'], ['service'], ['sms']]],
  ['calls that are due', claimCalls, [16, '00000000-0000-4000-8000-000000000000', 20_000]],
  ['calls that were left behind', lapseCalls, []],
  ['calls of enrolments that end', withdrawCalls, [['c7'], ['waiting'], [1]]],
];

describe('with 100,000 people waiting', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
    await bench.sql(
      `insert into customer (id, seq, decided_at, created_at) select 'c' || n, 1, now(), now() from generate_series(1, 100000) n`,
    );
    await bench.sql(
      `insert into enrolment (customer_id, journey, seq, version, status, step, started_by, entered_at, wake_at, state, decided_at, bundle, stimulus)
       select 'c' || n, 'waiting', 1, 'v', 'active', 'wait', 'visit', now(), now() + n * interval '1 minute', '{}', now(), 1, 'event:1'
       from generate_series(1, 100000) n`,
    );
    // What was sent long ago stands first in the table.
    for (const [state, from, to] of [
      ['sent', 1, 60_000],
      ['queued', 60_001, 80_000],
      ['retrying', 80_001, 100_000],
    ] as const) {
      await bench.sql(
        `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, bundle,
                              state, created_at, leave_by, next_at)
         select n, 'c' || n, 'waiting', 1, 'send', 'hello', 'service', 15, 'sms', '+98', '{}', 1, $1, now(),
                now() + interval '1 day', case when $1 = 'retrying' then now() + interval '1 hour' end
         from generate_series($2::integer, $3::integer) n`,
        [state, from, to],
      );
    }
    await bench.sql(
      `insert into webhook_call (id, customer_id, journey, enrolment, step, url, method, time_out_ms, awaited, created_at, state)
       select gen_random_uuid(), 'c' || n, case when n % 2 = 0 then 'waiting' else 'paused' end, 1, 'webhook', 'https://example.com',
              'POST', 10000, true, now(), case when n <= 60000 then 'done' else 'queued' end
       from generate_series(1, 100000) n`,
    );
    await bench.sql(
      'vacuum analyze webhook_call, customer, enrolment, message, event, event_day, pending_event, dead_letter',
    );
  }, 120_000);
  afterAll(() => bench.close());

  async function scansOf(text: string, values: readonly unknown[], generic: boolean): Promise<string[]> {
    return bench.db.transaction(async (tx) => {
      if (generic) await tx.run({ name: '', text: 'set local plan_cache_mode = force_generic_plan' });
      const [row] = await tx.run<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
        {
          name: generic ? `explain-${String(asked.findIndex((one) => one[1].text === text))}` : '',
          text: `explain (format json) ${text}`,
        },
        values,
      );
      return row?.['QUERY PLAN'].flatMap(({ Plan: plan }) => scans(plan)) ?? ['no plan'];
    });
  }

  function scans(plan: Plan): string[] {
    const own = plan['Node Type'] === 'Seq Scan' ? [`all of ${plan['Relation Name'] ?? '?'}`] : [];
    return [...own, ...(plan.Plans ?? []).flatMap(scans)];
  }

  const large = (scanned: readonly string[]): string[] =>
    scanned.filter((scan) =>
      ['all of enrolment', 'all of message', 'all of webhook_call', 'all of event'].includes(scan),
    );

  it.each(asked)('%s are found by an index', async (_, { text }, values) => {
    expect(large(await scansOf(text, values, false))).toEqual([]);
    expect(large(await scansOf(text, values, true))).toEqual([]);
  });

  it('a claim finds its customers by their key', async () => {
    const values = [ids, ids.map(() => 1), null];
    expect(await scansOf(claimCustomers.text, values, false)).toEqual([]);
  });

  it('an idle second looks at a few pages only', async () => {
    const [row] = await bench.sql<{ 'QUERY PLAN': readonly { readonly Plan: Readonly<Record<string, number>> }[] }>(
      `explain (analyze, buffers, format json) ${pulse.text}`,
    );
    const plan = row?.['QUERY PLAN'][0]?.Plan;
    const pages = (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
    // 20,000 retries lie ahead, by channel: their index is walked, their table is not.
    expect(pages).toBeLessThan(400);
  });
});
