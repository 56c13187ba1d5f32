import { statement } from '../connection.js';

/**
 * What these customers ($1) are still to get waits from an instant each ($2) on to be tested again, by which it leaves, is held
 * or is taken back: a word was forgotten on which it may rest, or their clock is another one. What an operator or an end took back stays so.
 */
export const testAgain = statement(
  'test-again',
  `update message set leave_by = due.at
   from (
     select m.id, gone.at from message m
     join unnest($1::text[], $2::timestamptz[]) as gone(customer_id, at) on m.customer_id = gone.customer_id
     where m.state in ('queued', 'sending', 'retrying', 'in_doubt') and m.ref is not null
       and (m.leave_by is null or (m.leave_by > gone.at and m.leave_by > '-infinity'))
     order by m.id for update of m) as due
   where message.id = due.id and message.state in ('queued', 'sending', 'retrying', 'in_doubt')`,
);
