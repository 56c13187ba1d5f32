import { statement } from '../connection.js';

/** How far it has looked: null when it was at the end. */
export interface CancelledStretch {
  readonly customer_id: string | null;
  readonly id: number | null;
  readonly withdrawn: number;
  readonly under_way: number;
}

/**
 * $1 message, $2 journey, $3 customer, $4 channel, $5 purpose, $6 template (null: any); $7 customer, $8 message: the place
 * among the open messages to go on behind; $9 how many at most. Withdraws what has not been called for; in id order, as
 * everybody locks messages; a step that waits for one is told. What is with a provider right now may arrive, but is not tried
 * again; neither it nor what was sent before falls back.
 */
export const cancelMessages = statement<CancelledStretch>(
  '',
  `with stretch as materialized (
    select customer_id, id from message
    where state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
      and (customer_id, id) > ($7::text, $8::bigint)
      and ($1::bigint is null or id = $1) and ($2::text is null or journey = $2) and ($3::text is null or customer_id = $3)
      and ($4::text is null or channel = $4) and ($5::text is null or purpose = $5) and ($6::text is null or template = $6)
    order by customer_id, id
    limit $9::integer
  ), locked as materialized (
    select id, state from message
    where id = any (array(select id from stretch))
    order by id for update
  ), cancelled as (
    update message
    set state = case when message.state in ('queued', 'deferred', 'retrying') then 'withdrawn' else message.state end,
        reason = case when message.state in ('queued', 'deferred', 'retrying') then 'cancelled' else reason end,
        settled_at = case when message.state in ('queued', 'deferred', 'retrying') then clock_timestamp() else settled_at end,
        leave_by = case when message.state in ('queued', 'deferred', 'retrying') then leave_by else '-infinity' end
    from locked
    where message.id = locked.id and message.state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
    returning locked.state, message.id, message.customer_id, journey, template, channel, ref, awaited
  ), told as (
    insert into pending_event (customer_id, id, source, type, time, data)
    select customer_id, id || '/' || channel || '/withheld', '/messages', 'message.withheld', clock_timestamp(),
      jsonb_build_object('message_id', id, 'journey', journey, 'template', template, 'channel', channel, 'ref', ref,
        'reason', 'cancelled')
    from cancelled where awaited and state in ('queued', 'deferred', 'retrying')
    order by id
  ), stays as (
    -- A provider has it; it does not fall back any more.
    update message set fallback_at = null
    where fallback_at is not null and state not in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
      and ($1::bigint is null or id = $1) and ($2::text is null or journey = $2) and ($3::text is null or customer_id = $3)
      and ($4::text is null or channel = $4) and ($5::text is null or purpose = $5) and ($6::text is null or template = $6)
  ), last as (
    select customer_id, id from stretch order by customer_id desc, id desc limit 1
  )
  select last.customer_id, last.id,
    (select count(*)::int from cancelled where state in ('queued', 'deferred', 'retrying')) as withdrawn,
    (select count(*)::int from cancelled where state in ('sending', 'in_doubt')) as under_way
  from (select) as one left join last on true`,
);
