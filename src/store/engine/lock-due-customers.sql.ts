import { statement } from '../connection.js';

/**
 * Up to $2 customers with a timer due at $1 (null: now), locked in the order of their ids. Those whom another engine
 * holds are passed over: it is deciding them, or they are found at the next tick. Timers of a paused journey are held
 * (`case`, because the planner would take `<> all` for nearly nobody, and read the whole table in place of the index).
 * `lateral`: nobody is looked up beyond those who are locked.
 */
export const lockDueCustomers = statement<{ id: string }>(
  'lock-due-customers',
  `select c.id
   from (
     select distinct customer_id from (
       select customer_id from enrolment
       where wake_at <= coalesce($1::timestamptz, statement_timestamp())
         and case when journey = any (array(select name from pause where kind = 'journey')) then false else true end
       order by wake_at limit $2::integer * 4) as due
     order by customer_id) as those
   cross join lateral (select id from customer where id = those.customer_id for no key update skip locked) as c
   limit $2::integer`,
);
