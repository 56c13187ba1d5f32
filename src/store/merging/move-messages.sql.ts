import { statement } from '../connection.js';
import { shiftedRef } from './shifted-ref.js';

/**
 * The messages of $1 are $2's, with their links, and the numbers of decisions $3 ahead; in id order, as everybody locks messages.
 * One that a sender has in hand stays there: it is settled by its lease.
 */
export const moveMessages = statement(
  'move-messages',
  `with locked as materialized (
     select id from message where customer_id = $1::text order by id for update
   ), links as (
     update link set customer_id = $2::text from locked where link.message_id = locked.id
   )
   update message
   set customer_id = $2::text, enrolment = enrolment + $3::integer,
       ref = case when ref is not null then ${shiftedRef('ref', '$3::integer')} end
   from locked where message.id = locked.id`,
);
