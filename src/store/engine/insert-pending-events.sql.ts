import { statement } from '../connection.js';

/** Events that journeys emit to other customers ($1), each decided on its own after the commit; $7 how long its chain is. */
export const insertPendingEvents = statement(
  'insert-pending-events',
  `insert into pending_event (customer_id, id, source, type, time, data, chain)
   select customer_id, id, source, type, time, data, chain
   from rows from (unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $7::smallint[]),
                   jsonb_array_elements($6::jsonb))
     with ordinality as emitted(customer_id, id, source, type, time, chain, data, no)
   order by no`,
);
