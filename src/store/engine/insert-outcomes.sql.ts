import { statement } from '../connection.js';

/** Writes down what is to be told outside, in this order; instants in milliseconds, $6 the data as one JSON list. */
export const insertOutcomes = statement(
  'insert-outcomes',
  `insert into outcome (customer_id, at, id, source, type, data)
   select customer_id, to_timestamp(at / 1000), id, source, type, data
   from rows from (unnest($1::text[], $2::float8[], $3::text[], $4::text[], $5::text[]), jsonb_array_elements($6::jsonb))
     with ordinality as told(customer_id, at, id, source, type, data, no)
   order by no`,
);
