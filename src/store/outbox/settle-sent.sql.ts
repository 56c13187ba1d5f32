import { statement } from '../connection.js';

/** `settled`: how many of them still had the lease; `followed`: another message waited for one of them. */
export interface SettledRow {
  readonly settled: number;
  readonly followed: boolean;
}

/** Their providers never tell of a delivery: that one has taken the message is all that will be heard. */
export const tellNothing = `channel in ('telegram', 'bale', 'email', 'webhook') or provider = 'mailbox'`;

/**
 * $1 ids, $2 lease tokens, $3 the provider's ids, $4 costs. In doubt with the same token: a late answer of that attempt. From now on
 * a receipt is waited for, where there is a channel to fall back on and this one can give any, unless it has come already: what has
 * arrived falls back no more, what has failed does at once. A step that waits to hear is told by the engine. A
 * receipt that came before this outcome, perhaps minutes ago, is tried again at once. Where nothing waits for the
 * receipt, and nobody brings it, a provider is not asked for it before it had a minute to deliver.
 */
export const settleSent = statement<SettledRow>(
  'outbox_settle_sent',
  `with done as (
    update message set state = 'sent', provider_id = outcome.provider_id, cost = outcome.cost,
      settled_at = clock_timestamp(), lease_until = null, next_at = null, reason = null,
      ask_at = case when fallbacks = '[]' and not awaited then clock_timestamp() + interval '1 minute' end,
      fallback_at = case when fallbacks <> '[]' and leave_by is distinct from '-infinity'
        then case when receipt is null and (${tellNothing}) is not true then clock_timestamp() + fallback_ms * interval '1 millisecond'
          when receipt = 'failed' then clock_timestamp() end end
    from unnest($1::bigint[], $2::uuid[], $3::text[], $4::int[]) as outcome (id, lease, provider_id, cost)
    where message.id = outcome.id and message.lease = outcome.lease and message.state in ('sending', 'in_doubt')
    returning message.id, customer_id, journey, template, message.channel, message.cost, ref, awaited, provider,
      message.provider_id
  ), heard as (
    update early_receipt set try_at = clock_timestamp()
    from done
    where early_receipt.provider = done.provider and early_receipt.provider_id = done.provider_id
  ), told as (
    insert into pending_event (customer_id, id, source, type, time, data)
    select customer_id, id || '/' || channel || '/accepted', '/messages', 'message.accepted', clock_timestamp(),
      jsonb_build_object('message_id', id, 'journey', journey, 'template', template, 'channel', channel,
        'cost', coalesce(cost, 0), 'ref', ref)
    from done where awaited
    order by id
  )
  select count(*)::int as settled, coalesce(bool_or(exists (
    select from message where state = 'queued' and waits_for is not null and waits_for = done.id)), false) as followed
  from done`,
);
