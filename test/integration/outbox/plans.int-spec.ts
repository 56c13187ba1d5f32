import { statement, type Statement } from '../../../src/store/connection.js';
import { lockRecheckCustomers } from '../../../src/store/engine/lock-recheck-customers.sql.js';
import { pulse } from '../../../src/store/engine/pulse.sql.js';
import { keepServing } from '../../../src/store/outbox/keep-serving.sql.js';
import { look } from '../../../src/store/outbox/look.sql.js';
import { promoteRetries } from '../../../src/store/outbox/promote-retries.sql.js';
import { takeBound } from '../../../src/store/outbox/take-bound.sql.js';
import { takeDoubts } from '../../../src/store/outbox/take-doubts.sql.js';
import { Outbox } from './outbox-fixture.js';

const MANY = 8_000;
const both = [
  ['sms', 'sms'],
  ['first', 'second'],
];
const lease = '00000000-0000-4000-8000-000000000000';

const asked: readonly (readonly [string, Statement<unknown>, readonly unknown[]])[] = [
  ['the look of a sender', look, both],
  ['what the second alone may send', takeBound, ['sms', 'second', 500, lease, 60_000]],
  ['what is in doubt at the second', takeDoubts, ['sms', 60_000, 'second', both[1]]],
  ['what anybody may send again', promoteRetries, ['sms', both[1]]],
  ['whom it serves', keepServing, [...both, 86_400_000]],
  ['the pulse', pulse, []],
  ['customers with messages to look at again', lockRecheckCustomers, [null, 500]],
];

/** All is due at the first provider, or at a third one of another process; nothing else is. */
const stored: Readonly<Record<string, string>> = {
  'due, of a provider that is down': `'retrying', 'first', 'first', now() - interval '1 hour', null`,
  'due, of a provider that another process has': `'retrying', 'third', 'third', now() - interval '1 hour', null`,
  'in doubt there': `'in_doubt', 'third', null, now() - interval '1 hour', null`,
  'to be sent again in an hour': `'retrying', 'first', null, now() + interval '1 hour', now() + interval '1 day'`,
  'to be asked about in an hour': `'in_doubt', 'second', null, now() + interval '1 hour', null`,
  'held until the morning': `'deferred', null, null, now() + interval '1 hour', now() + interval '1 day'`,
};

describe.each(['before its tables were looked at', 'with fresh figures'])('what is asked each second, %s,', (when) => {
  let outbox: Outbox;
  const sql = (text: string) => outbox.database.run(statement('', text));
  beforeAll(async () => {
    outbox = await Outbox.open();
    await sql(`alter table message set (autovacuum_enabled = off)`);
    await sql(
      `insert into served_provider values ('sms', 'third', now() + interval '1 day'), ('sms', 'gone', now() - interval '1 day')`,
    );
    for (const [place, columns] of Object.values(stored).entries()) {
      await sql(
        `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, bundle, created_at,
           state, provider, only_by, next_at, leave_by)
         select ${String(place * MANY)} + no, 'c' || no, 'j', 1, 's', 't', 'news', 5, 'sms', '+98', '{}', 1, now(), ${columns}
         from generate_series(1, ${String(MANY)}) no`,
      );
    }
    if (when === 'with fresh figures') await sql('analyze message');
  }, 120_000);
  afterAll(() => outbox.close());

  async function pagesOf({ text }: Statement<unknown>, values: readonly unknown[]): Promise<number> {
    const explain = statement<{ 'QUERY PLAN': readonly { readonly Plan: Readonly<Record<string, number>> }[] }>(
      '',
      `explain (analyze, buffers, format json) ${text}`,
    );
    const [row] = await outbox.database.run(explain, values);
    const { 'Shared Hit Blocks': hit = Infinity, 'Shared Read Blocks': read = Infinity } =
      row?.['QUERY PLAN'][0]?.Plan ?? {};
    return hit + read;
  }

  it.each(asked)('%s reads what is due, however much else there is', async (_, wanted, values) => {
    expect(await pagesOf(wanted, values)).toBeLessThan(150);
  });

  it('the look of a sender reads no more where all of it is queued at a provider that is down', async () => {
    await sql(
      `update message set state = 'queued', only_by = null, next_at = null where state = 'retrying' and provider = 'first'`,
    );
    await sql(
      `insert into channel_state (channel, provider, down_since, retry_at) values ('sms', 'first', now(), now() + interval '1 minute')`,
    );
    await sql('vacuum message');
    expect(await pagesOf(look, both)).toBeLessThan(150);
  });
});
