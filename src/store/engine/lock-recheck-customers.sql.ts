import { statement } from '../connection.js';

/**
 * Up to $2 customers with a message that has to be looked at again by $1 (null: now), locked in the order of their ids. Those
 * whom another engine holds are passed over: they are found at the next beat.
 */
export const lockRecheckCustomers = statement<{ id: string }>(
  '',
  `select c.id from customer c
   where c.id in (
     (select customer_id from message
      where leave_by < coalesce($1::timestamptz, (select clock_timestamp())) and state in ('queued', 'retrying')
      order by leave_by limit $2::integer * 2)
     union
     (select customer_id from message
      where state = 'deferred' and next_at <= coalesce($1::timestamptz, (select clock_timestamp()))
      order by next_at limit $2::integer * 2)
     union
     (select customer_id from message
      where fallback_at is not null and fallback_at <= coalesce($1::timestamptz, (select clock_timestamp()))
      order by fallback_at limit $2::integer * 2))
   order by c.id limit $2::integer
   for no key update skip locked`,
);
