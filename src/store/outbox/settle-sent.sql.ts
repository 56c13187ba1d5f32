import { statement } from '../connection.js';

/** `settled`: how many of them still had the lease; `followed`: another message waited for one of them. */
export interface SettledRow {
  readonly settled: number;
  readonly followed: boolean;
}

/** $1 ids, $2 lease tokens, $3 the provider's ids, $4 costs. In doubt with the same token: a late answer of that attempt. */
export const settleSent = statement<SettledRow>(
  'outbox_settle_sent',
  `with done as (
    update message set state = 'sent', provider_id = outcome.provider_id, cost = outcome.cost,
      settled_at = clock_timestamp(), lease_until = null, next_at = null, reason = null
    from unnest($1::bigint[], $2::uuid[], $3::text[], $4::int[]) as outcome (id, lease, provider_id, cost)
    where message.id = outcome.id and message.lease = outcome.lease and message.state in ('sending', 'in_doubt')
    returning message.id
  )
  select count(*)::int as settled, coalesce(bool_or(exists (
    select from message where state = 'queued' and waits_for is not null and waits_for = done.id)), false) as followed
  from done`,
);
