import { statement } from '../connection.js';

/**
 * The events of $1 are $2's, their decision numbers $3 ahead. One that is named like another one of $2 is kept under a hash of its
 * own, and so is one that is named after a decision, for $2 may come to one of that number.
 */
export const moveEvents = statement(
  'move-events',
  `update event
   set customer_id = $2::text, seq = seq + $3::integer,
       hash = case when (source = '/messages' and starts_with(id, (data ->> 'ref') || '/')) or exists (select from event kept where kept.customer_id = $2::text and kept.hash = event.hash)
              then md5($1::text || event.hash::text)::uuid else hash end
   where customer_id = $1::text`,
);
