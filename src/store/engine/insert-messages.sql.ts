import { statement } from '../connection.js';

/** Hands messages to the outbox; what is paused is held at once. Columns as arrays, $16 the bundle. */
export const insertMessages = statement(
  'insert-messages',
  `insert into message (id, customer_id, journey, enrolment, key, step, template, purpose, rank, channel, address, content,
                        fallbacks, created_at, leave_by, bundle, held)
   select *, $16::integer,
     case when journey = any (array(select name from pause where kind = 'journey'))
       or purpose = any (array(select name from pause where kind = 'purpose')) then 'paused' end
   from unnest(
     $1::bigint[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::smallint[],
     $10::text[], $11::text[], $12::jsonb[], $13::jsonb[], $14::timestamptz[], $15::timestamptz[])
     as queued(id, customer_id, journey, enrolment, key, step, template, purpose, rank, channel, address, content, fallbacks,
               created_at, leave_by)`,
);
