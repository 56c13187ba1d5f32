import { statement } from '../connection.js';

/** The calls of web hooks of $1 are $2's, their enrolments $3 ahead; in id order, as everybody locks them. */
export const moveCalls = statement(
  'move-calls',
  `with locked as materialized (
     select id from webhook_call where customer_id = $1::text order by id for update
   )
   update webhook_call call set customer_id = $2::text, enrolment = enrolment + $3::integer
   from locked where call.id = locked.id`,
);
