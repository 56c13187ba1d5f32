import { statement } from '../connection.js';

/**
 * Takes back calls that enrolments were waiting for when they were left: $1 customers, $2 journeys, $3 enrolments. Those of
 * their end stay. One that is being made right now may arrive, but is not made again, and its answer is not told.
 */
export const withdrawCalls = statement(
  'withdraw-webhook-calls',
  `update webhook_call
   set state = case when state = 'calling' then state else 'withdrawn' end, withdrawn_at = clock_timestamp(),
       settled_at = case when state = 'calling' then settled_at else clock_timestamp() end
   where id in (
     select call.id from webhook_call call
     join unnest($1::text[], $2::text[], $3::integer[]) as gone(customer_id, journey, enrolment)
       on call.customer_id = gone.customer_id and call.journey = gone.journey and call.enrolment = gone.enrolment
     where call.awaited and call.withdrawn_at is null and call.state in ('queued', 'calling', 'retrying')
     order by call.id for update of call)
     and withdrawn_at is null and state in ('queued', 'calling', 'retrying')`,
);
