import { statement } from '../connection.js';

/** Calls of web hooks that journeys have asked for, due at once. $9 bodies as JSON texts, null for none; $12 instants in milliseconds. */
export const insertCalls = statement(
  'insert-webhook-calls',
  `insert into webhook_call (id, customer_id, journey, key, enrolment, step, url, method, body, time_out_ms, awaited, created_at)
   select id, customer_id, journey, key, enrolment, step, url, method, body::jsonb, time_out_ms, awaited,
     to_timestamp(created_at / 1000)
   from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[],
               $10::integer[], $11::boolean[], $12::float8[])
     as asked(id, customer_id, journey, key, enrolment, step, url, method, body, time_out_ms, awaited, created_at)`,
);
