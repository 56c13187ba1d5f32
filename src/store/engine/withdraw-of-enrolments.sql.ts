import { statement } from '../connection.js';

/**
 * Takes back what is still queued of enrolments that have ended; in id order, as everybody locks messages. What is with a
 * provider right now may arrive, but is not tried again and does not fall back: it may leave no more from now on.
 */
export const withdrawOfEnrolments = statement(
  'withdraw-of-enrolments',
  `update message
   set state = case when state in ('queued', 'retrying') then 'withdrawn' else state end,
       reason = case when state in ('queued', 'retrying') then 'exit' else reason end,
       settled_at = case when state in ('queued', 'retrying') then clock_timestamp() else settled_at end,
       leave_by = case when state in ('queued', 'retrying') then leave_by else '-infinity' end
   where id in (
     select m.id from message m
     join unnest($1::text[], $2::text[], $3::integer[]) as gone(customer_id, journey, enrolment)
       on m.customer_id = gone.customer_id and m.journey = gone.journey and m.enrolment = gone.enrolment
     where m.state in ('queued', 'sending', 'retrying', 'in_doubt')
     order by m.id for update of m)
     and state in ('queued', 'sending', 'retrying', 'in_doubt')`,
);
