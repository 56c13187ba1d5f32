import { statement } from '../connection.js';

/**
 * What became of calls: $1 ids, $2 lease tokens, $3 states (done, failed, retrying), $4 HTTP statuses (0: nobody answered), $5
 * reasons, $6 milliseconds until the next attempt, $7 answers as JSON texts. An answer that is waited for becomes an event for
 * the engine in the same statement: a caller that dies before it calls again, one that dies after it has told. Gives the ids
 * that were still its own.
 */
export const settleCalls = statement<{ readonly id: string }>(
  'settle-webhook-calls',
  `with outcome as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::float8[], $7::text[])
      as made(id, lease, state, status, reason, wait_ms, body)
  ), locked as materialized (
    select call.id from webhook_call call join outcome on outcome.id = call.id and outcome.lease = call.lease
    where call.state = 'calling'
    order by call.id for update of call
  ), settled as (
    update webhook_call call
    set state = case when outcome.state = 'retrying' and withdrawn_at is not null then 'withdrawn' else outcome.state end,
        status = outcome.status, reason = outcome.reason, lease = null, lease_until = null,
        next_at = case when outcome.state = 'retrying' then clock_timestamp() + outcome.wait_ms * interval '1 millisecond'
                       else next_at end,
        settled_at = case when outcome.state = 'retrying' and withdrawn_at is null then null else clock_timestamp() end
    from outcome
    where call.id = outcome.id and call.id in (select id from locked)
    returning call.*, outcome.body as answer
  ), told as (
    insert into pending_event (customer_id, id, source, type, time, data)
    select customer_id, id::text, '/webhooks', 'webhook.answered', clock_timestamp(),
      jsonb_build_object('call', id, 'journey', journey, 'enrolment', enrolment, 'step', step, 'url', url,
                         'status', status, 'body', answer::jsonb)
        || case when key is null then '{}' else jsonb_build_object('key', key) end
    from settled
    where awaited and withdrawn_at is null and state in ('done', 'failed')
  )
  select id from settled`,
);
