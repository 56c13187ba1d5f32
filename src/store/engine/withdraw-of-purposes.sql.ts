import { statement } from '../connection.js';

/**
 * Takes back what is still queued of a purpose that a customer has withdrawn; a null channel means all of them. What is
 * with a provider right now may arrive, but is not tried again and does not fall back: it may leave no more from now on.
 */
export const withdrawOfPurposes = statement(
  'withdraw-of-purposes',
  `update message
   set state = case when state in ('queued', 'retrying') then 'withdrawn' else state end,
       reason = case when state in ('queued', 'retrying') then 'opted_out' else reason end,
       settled_at = case when state in ('queued', 'retrying') then clock_timestamp() else settled_at end,
       leave_by = case when state in ('queued', 'retrying') then leave_by else '-infinity' end
   where id in (
     select m.id from message m
     join unnest($1::text[], $2::text[], $3::text[]) as gone(customer_id, purpose, channel)
       on m.customer_id = gone.customer_id and m.purpose = gone.purpose
       and (gone.channel is null or m.channel = gone.channel)
     where m.state in ('queued', 'sending', 'retrying', 'in_doubt')
     order by m.id for update of m)
     and state in ('queued', 'sending', 'retrying', 'in_doubt')`,
);
