import { statement } from '../connection.js';
import type { SettledRow } from './settle-sent.sql.js';

/**
 * $1 ids, $2 lease tokens, $3 new states, $4 when next (milliseconds since 1970), $5 reasons, $6 the attempt does not count,
 * $7 go on with the first fallback (of which the last may have been closed meanwhile: then it has failed), $8 the channel that failed (makes a message.failed for the engine) or null.
 */
export const settleUnsent = statement<SettledRow>(
  'outbox_settle_unsent',
  `with outcome as (
    select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::float8[], $5::text[], $6::bool[], $7::bool[], $8::text[])
      as outcome (id, lease, state, next_at, reason, uncounted, falls_back, failed_on)
  ), done as (
    update message set
      state = case when falls_back and fallbacks = '[]' then 'failed' else outcome.state end,
      next_at = to_timestamp(outcome.next_at / 1000),
      reason = outcome.reason,
      settled_at = case when outcome.state = 'failed' or (falls_back and fallbacks = '[]') then clock_timestamp() end,
      lease = case when outcome.state = 'in_doubt' then message.lease end,
      lease_until = null,
      -- That this attempt has failed is known now; of a later one nothing is.
      receipt = case when outcome.state = 'in_doubt' or receipt = 'delivered' then receipt end,
      receipt_at = case when outcome.state = 'in_doubt' or receipt = 'delivered' then receipt_at end,
      channel = case when falls_back and fallbacks <> '[]' then fallbacks -> 0 ->> 'channel' else message.channel end,
      address = case when falls_back and fallbacks <> '[]' then fallbacks -> 0 ->> 'address' else message.address end,
      content = case when falls_back and fallbacks <> '[]' then fallbacks -> 0 -> 'content' else message.content end,
      fallbacks = case when falls_back then fallbacks - 0 else fallbacks end,
      attempts = case when falls_back then 0 when uncounted then greatest(attempts - 1, 0) else attempts end
    from outcome
    where message.id = outcome.id and message.lease = outcome.lease and message.state in ('sending', 'in_doubt')
    returning message.id, customer_id, journey, template, outcome.failed_on, outcome.reason, message.ref,
      message.state = 'failed' and not accepted as last,
      case when outcome.falls_back and message.state <> 'failed' then message.channel end as next
  ), told as (
    insert into pending_event (customer_id, id, source, type, time, data)
    select customer_id, id || '/' || failed_on, '/messages', 'message.failed', clock_timestamp(), jsonb_build_object(
      'message_id', id, 'journey', journey, 'template', template, 'channel', failed_on, 'reason', reason,
      'ref', ref, 'last', last, 'next', next)
    from done
    where failed_on is not null
    order by id
  )
  select count(*)::int as settled, coalesce(bool_or(exists (
    select from message where state = 'queued' and waits_for is not null and waits_for = done.id)), false) as followed
  from done`,
);
