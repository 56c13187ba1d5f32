import { statement } from '../connection.js';

/**
 * Takes back what is still queued of enrolments that have ended; in id order, as everybody locks messages. What is with a
 * provider right now may arrive, but is not tried again and does not fall back: it may leave no more from now on.
 */
export const withdrawOfEnrolments = statement(
  'withdraw-of-enrolments',
  `with gone as (
     select * from unnest($1::text[], $2::text[], $3::integer[]) as gone(customer_id, journey, enrolment)
   ), stays as (
     -- A provider has it; it does not fall back any more.
     update message set fallback_at = null
     from gone
     where message.customer_id = gone.customer_id and message.journey = gone.journey
       and message.enrolment = gone.enrolment and message.fallback_at is not null
       and message.state not in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
   )
   update message
   set state = case when state in ('queued', 'deferred', 'retrying') then 'withdrawn' else state end,
       reason = case when state in ('queued', 'deferred', 'retrying') then 'exit' else reason end,
       settled_at = case when state in ('queued', 'deferred', 'retrying') then clock_timestamp() else settled_at end,
       leave_by = case when state in ('queued', 'deferred', 'retrying') then leave_by else '-infinity' end
   where id in (
     select m.id from message m
     join gone
       on m.customer_id = gone.customer_id and m.journey = gone.journey and m.enrolment = gone.enrolment
     where m.state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
     order by m.id for update of m)
     and state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')`,
);
