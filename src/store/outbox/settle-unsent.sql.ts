import { statement } from '../connection.js';
import { toNextChannel } from './next-channel.js';
import type { SettledRow } from './settle-sent.sql.js';

/** Its channel failed, or it would be tried again on one that the customer has closed meanwhile; and another one is left. */
const moves = `((falls_back or (message.closed_here and outcome.state in ('queued', 'bound', 'retrying'))) and message.fallbacks <> '[]')`;
const ends = `(outcome.state = 'failed' or (falls_back and message.fallbacks = '[]'))`;
/** It waits outside of everybody's queue for the only provider that may send it again (take-bound). */
const isBound = `(outcome.state = 'bound' or (outcome.state = 'queued' and message.only_by is not null))`;

/**
 * $1 ids, $2 lease tokens, $3 new states (bound: to be sent again, by its provider alone), $4 when next (milliseconds since 1970), $5 reasons, $6 the attempt does not count,
 * $7 go on with the first fallback (of which the last may have been closed meanwhile: then it has failed), $8 the channel that
 * failed (makes a message.failed for the engine) or null. One that may have arrived all the same says so: caps go on counting it. Attempts on a
 * channel before are remembered for receipts by our own id.
 */
export const settleUnsent = statement<SettledRow>(
  'outbox_settle_unsent',
  `with outcome as (
    select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::float8[], $5::text[], $6::bool[], $7::bool[], $8::text[])
      as outcome (id, lease, state, next_at, reason, uncounted, falls_back, failed_on)
  ), before as materialized (
    select message.id, message.channel as was from message join outcome using (id, lease)
    where message.state in ('sending', 'in_doubt')
    order by message.id for update of message
  ), done as (
    update message set
      state = case when ${ends} then 'failed' when ${moves} then 'queued' when ${isBound} then 'retrying' else outcome.state end,
      next_at = case when ${moves} then null when ${isBound} then clock_timestamp() else to_timestamp(outcome.next_at / 1000) end,
      reason = outcome.reason,
      settled_at = case when ${ends} then clock_timestamp() end,
      lease = case when outcome.state = 'in_doubt' then message.lease end,
      lease_until = null,
      -- That this attempt has failed is known now; of a later one nothing is.
      receipt = case when outcome.state = 'in_doubt' or receipt = 'delivered' then receipt end,
      receipt_at = case when outcome.state = 'in_doubt' or receipt = 'delivered' then receipt_at end,
      attempts = case when ${moves} then 0 when uncounted then greatest(attempts - 1, 0) else attempts end,
      ${toNextChannel(moves)},
      only_by = case when ${moves} then null when outcome.state = 'bound' then message.provider else message.only_by end
    from outcome join before using (id)
    where message.id = outcome.id and message.lease = outcome.lease and message.state in ('sending', 'in_doubt')
    returning message.*, was, failed_on
  ), earlier as (
    insert into past_attempt (provider, provider_id, message_id, customer_id, channel)
    select provider, 'message/' || id || '/' || was, id, customer_id, was from done
    where was <> channel and provider is not null
    on conflict do nothing
  ), told as (
    insert into pending_event (customer_id, id, source, type, time, data)
    select customer_id, id || '/' || failed_on, '/messages', 'message.failed', clock_timestamp(), jsonb_build_object(
      'message_id', id, 'journey', journey, 'template', template, 'channel', failed_on, 'reason', reason,
      'ref', ref, 'last', state = 'failed' and not accepted, 'next', case when state <> 'failed' then channel end)
      || case when state = 'failed' and reason = 'in_doubt' then '{"in_doubt": true}'::jsonb else '{}' end
    from done
    where failed_on is not null
    union all
    select customer_id, id || '/' || was || '/moved', '/messages', 'message.moved', clock_timestamp(), jsonb_build_object(
      'message_id', id, 'journey', journey, 'template', template, 'channel', was, 'ref', ref, 'next', channel)
    from done
    where failed_on is null and awaited and was <> channel
  )
  select count(*)::int as settled, coalesce(bool_or(was <> channel or exists (
    select from message where state = 'queued' and waits_for is not null and waits_for = done.id)), false) as followed
  from done`,
);
