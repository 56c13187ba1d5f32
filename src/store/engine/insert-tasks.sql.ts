import { statement } from '../connection.js';

/** Opens tasks; instants in milliseconds, $9 the results that each may have as one JSON list. */
export const insertTasks = statement(
  'insert-tasks',
  `insert into task (customer_id, id, journey, key, enrolment, step, title, assign_to, results, due, opened_at)
   select customer_id, id, journey, key, enrolment, step, title, assign_to, results,
     to_timestamp(due / 1000), to_timestamp(opened_at / 1000)
   from rows from (unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[],
                          $10::float8[], $11::float8[]),
                   jsonb_array_elements($9::jsonb))
     as opened(customer_id, id, journey, key, enrolment, step, title, assign_to, due, opened_at, results)
   on conflict do nothing`,
);
