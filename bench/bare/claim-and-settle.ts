import { Client } from 'pg';

const AT_ONCE = 500;

const claim = `with next as materialized (
    select id from message where state = 'queued' and waits_for is null and held is null and channel = 'sms'
    order by rank, id limit $1 for update skip locked)
  update message set state = 'sending', provider = 'kavenegar', lease = gen_random_uuid(), attempts = attempts + 1,
    attempted_at = clock_timestamp(), lease_until = clock_timestamp() + interval '1 minute'
  from next where message.id = next.id
  returning message.id, address, content, lease`;
const settle = `update message set state = 'sent', provider_id = t.provider_id, cost = 1200, settled_at = clock_timestamp(),
    lease_until = null
  from unnest($1::bigint[], $2::uuid[], $3::text[]) as t (id, lease, provider_id)
  where message.id = t.id and message.lease = t.lease`;

interface Row {
  readonly id: string;
  readonly lease: string;
}

/** One loop on one connection: takes messages and says that they were sent, until there are none. */
export async function claimAndSettle(url: string): Promise<void> {
  // Plans made for an empty table must not stay in use; nothing more, as the table's trigger needs its joins.
  const client = new Client({ connectionString: url, options: '-c plan_cache_mode=force_custom_plan' });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<Row>({ name: 'claim', text: claim, values: [AT_ONCE] });
      if (rows.length === 0) return;
      const values = [rows.map(({ id }) => id), rows.map(({ lease }) => lease), rows.map(({ id }) => `p-${id}`)];
      await client.query({ name: 'settle', text: settle, values });
    }
  } finally {
    await client.end();
  }
}
