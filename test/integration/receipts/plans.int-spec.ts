import type { Statement } from '../../../src/store/connection.js';
import { noteReceipts } from '../../../src/store/engine/note-receipts.sql.js';
import { pulse } from '../../../src/store/engine/pulse.sql.js';
import { forgetPastAttempts } from '../../../src/store/receipts/forget-past-attempts.sql.js';
import { forgetReplies } from '../../../src/store/receipts/forget-replies.sql.js';
import { placeReceipts } from '../../../src/store/receipts/place-receipts.sql.js';
import { placeReplies } from '../../../src/store/receipts/place-replies.sql.js';
import { takeEarlyReceipts } from '../../../src/store/receipts/take-early-receipts.sql.js';
import { takeUnreceipted } from '../../../src/store/receipts/take-unreceipted.sql.js';
import { untoldBlocked } from '../../../src/store/receipts/untold-blocked.sql.js';
import { Bench } from '../engine/engine-bench.js';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

const many = Array.from({ length: 200 }, (_, no) => String(no * 97));
const of = <T>(value: T): readonly T[] => many.map(() => value);

function replies(channel: string, attribute: string): readonly (readonly unknown[])[] {
  const addresses = many.map((no) => `${attribute}-${no}`);
  return [of('kavenegar'), many, of(channel), addresses, of(attribute), addresses];
}

const receipts: readonly (readonly unknown[])[] = [of('kavenegar'), many, of('delivered'), of(null), of(null)];

/** The statement, with many at once and with one, and the index that has to be in its plan. */
const asked: readonly (readonly [string, Statement<unknown>, readonly unknown[], readonly string[]])[] = [
  ['receipts', placeReceipts, receipts, ['message_provider_id', 'past_attempt_id']],
  ['one receipt', placeReceipts, receipts.map((column) => column.slice(0, 1)), ['message_provider_id']],
  ['what is noted of them', noteReceipts, [many, many, of('sms'), of('delivered'), of('2026-01-01')], ['message_pkey']],
  ['early receipts', takeEarlyReceipts, [1_000, 5_000], ['early_receipt_due']],
  [
    'whose receipts are asked for',
    takeUnreceipted,
    ['sms', 'kavenegar', 1_000],
    ['message_unreceipted', 'message_unreceipted_urgent'],
  ],
  ['whose a blocked number is', untoldBlocked, ['kavenegar', '', 500], ['customer_phone']],
  ['attempts to forget', forgetPastAttempts, [30, 1_000], ['past_attempt_at']],
  ['replies to forget', forgetReplies, [30, 1_000], ['heard_reply_at']],
  ...['phone', 'email', 'telegram', 'bale', 'instagram', 'push'].map(
    (attribute) =>
      [
        `replies by ${attribute}`,
        placeReplies,
        replies('sms', attribute),
        ['message_sent_to', `customer_${attribute}`, 'heard_reply_pkey'],
      ] as const,
  ),
  ['one reply', placeReplies, replies('sms', 'phone').map((column) => column.slice(0, 1)), ['customer_phone']],
];

describe('with 50,000 customers who were written to', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
    await bench.sql(
      `insert into customer (id, decided_at, created_at, attributes)
       select 'c' || n, now(), now(), case n % 7 when 6 then '{}' else
         jsonb_build_object((array['phone', 'email', 'telegram', 'bale', 'instagram', 'push'])[n % 7 + 1], 'a' || n) end
       from generate_series(1, 50000) n`,
    );
    await bench.sql(
      `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, bundle, state,
         created_at, settled_at, provider, provider_id, fallbacks, receipt)
       select n, 'c' || n, 'j', 1, 's', 't', 'service', 1, 'sms', 'a' || n, '{}', 1, 'sent', now(), now(), 'kavenegar', n,
         case n % 3 when 0 then '[{"channel": "email"}]'::jsonb else '[]' end, case when n % 2 = 0 then 'delivered' end
       from generate_series(1, 50000) n`,
    );
    await bench.sql(
      `insert into heard_reply (provider, id, customer_id, at) select 'kavenegar', n, 'c', now() - n * interval '1 minute' from generate_series(1, 20000) n`,
    );
    await bench.sql(
      `insert into early_receipt (provider, provider_id, status) select 'kavenegar', n, 'delivered' from generate_series(1, 20000) n`,
    );
    await bench.sql(
      `insert into past_attempt (provider, provider_id, message_id, customer_id, channel) select 'kavenegar', 'x' || n, n, 'c' || n, 'sms' from generate_series(1, 20000) n`,
    );
    await bench.sql(
      `insert into blocked_number (provider, number, told) select 'kavenegar', '+98' || n, n % 100 > 0 from generate_series(1, 20000) n`,
    );
    await bench.sql('vacuum analyze customer, message, heard_reply, early_receipt, past_attempt, blocked_number');
  }, 120_000);
  afterAll(() => bench.close());

  async function planOf(text: string, values: readonly unknown[], generic: boolean): Promise<readonly Plan[]> {
    return bench.db.transaction(async (tx) => {
      if (generic) await tx.run({ name: '', text: 'set local plan_cache_mode = force_generic_plan' });
      const [row] = await tx.run<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
        { name: generic ? `explain-way-back-${String(text.length)}` : '', text: `explain (format json) ${text}` },
        values,
      );
      return row?.['QUERY PLAN'].flatMap(({ Plan: plan }) => nodes(plan)) ?? [];
    });
  }

  function nodes(plan: Plan): readonly Plan[] {
    return [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  }

  const large = ['customer', 'message', 'heard_reply', 'early_receipt', 'past_attempt'];

  it.each(asked)('%s are found by an index', async (_, { text }, values, indexes) => {
    for (const generic of [false, true]) {
      const plan = await planOf(text, values, generic);
      expect(
        plan.filter((node) => node['Node Type'] === 'Seq Scan' && large.includes(node['Relation Name'] ?? '')),
      ).toEqual([]);
      const used = plan.flatMap((node) => node['Index Name'] ?? []);
      for (const index of indexes) expect(used).toContain(index);
    }
  });

  it('an idle second looks at one of the early receipts', async () => {
    const used = (await planOf(pulse.text, [], false)).flatMap((node) => node['Index Name'] ?? []);
    expect(used).toContain('early_receipt_due');
  });
});
