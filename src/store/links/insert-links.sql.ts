import { statement } from '../connection.js';

/** Keeps short links, columns as arrays, $9 in milliseconds. A code that is taken fails: never may it lead somewhere else. */
export const insertLinks = statement(
  'insert-links',
  `insert into link (code, target, message_id, customer_id, journey, template, purpose, channel, created_at)
   select code, target, message_id, customer_id, journey, template, purpose, channel, to_timestamp(created_at / 1000)
   from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::float8[])
     as made(code, target, message_id, customer_id, journey, template, purpose, channel, created_at)`,
);
