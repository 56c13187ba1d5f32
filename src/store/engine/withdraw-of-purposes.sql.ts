import { statement } from '../connection.js';

/**
 * Takes back what is still queued of a purpose ($2) that a customer ($1) has withdrawn; a step that waits for it is told. What is
 * with a provider right now may arrive, but is not tried again and does not fall back: it may leave no more from now on.
 */
export const withdrawOfPurposes = statement(
  'withdraw-of-purposes',
  `with done as (
   update message
   set state = case when state in ('queued', 'deferred', 'retrying') then 'withdrawn' else state end,
       reason = case when state in ('queued', 'deferred', 'retrying') then 'opted_out' else reason end,
       settled_at = case when state in ('queued', 'deferred', 'retrying') then clock_timestamp() else settled_at end,
       leave_by = case when state in ('queued', 'deferred', 'retrying') then leave_by else '-infinity' end
   where id in (
     select m.id from message m
     join unnest($1::text[], $2::text[]) as gone(customer_id, purpose)
       on m.customer_id = gone.customer_id and m.purpose = gone.purpose
     where m.state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
     order by m.id for update of m)
     and state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
   returning *)
   insert into pending_event (customer_id, id, source, type, time, data)
   select customer_id, id || '/' || channel || '/withheld', '/messages', 'message.withheld', clock_timestamp(),
     jsonb_build_object('message_id', id, 'journey', journey, 'template', template, 'channel', channel, 'ref', ref,
       'reason', reason)
   from done where awaited and state = 'withdrawn'
   order by id`,
);
