import { statement } from '../connection.js';

/**
 * Hands messages to the outbox; what is paused is held at once. Columns as arrays, contents and fallbacks each as one JSON
 * list, instants in milliseconds, $16 the bundle, $17 as decisions name them, $18 awaited, $19 repeats, $20 not after, $21 how
 * long a receipt is waited for in milliseconds.
 */
export const insertMessages = statement(
  'insert-messages',
  `insert into message (id, customer_id, journey, enrolment, key, step, template, purpose, rank, channel, address, content,
                        fallbacks, created_at, leave_by, bundle, held, ref, awaited, repeats, not_after, fallback_ms)
   select id, customer_id, journey, enrolment, key, step, template, purpose, rank, channel, address, content, fallbacks,
     to_timestamp(created_at / 1000), to_timestamp(leave_by / 1000), $16::integer,
     case when journey = any (array(select name from pause where kind = 'journey'))
       or purpose = any (array(select name from pause where kind = 'purpose')) then 'paused' end,
     ref, awaited, repeats, to_timestamp(not_after / 1000), fallback_ms
   from rows from (unnest($1::bigint[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[],
                          $9::smallint[], $10::text[], $11::text[], $14::float8[], $15::float8[],
                          $17::text[], $18::bool[], $19::bool[], $20::float8[], $21::bigint[]),
                   jsonb_array_elements($12::jsonb), jsonb_array_elements($13::jsonb))
     as queued(id, customer_id, journey, enrolment, key, step, template, purpose, rank, channel, address, created_at, leave_by,
               ref, awaited, repeats, not_after, fallback_ms, content, fallbacks)`,
);
