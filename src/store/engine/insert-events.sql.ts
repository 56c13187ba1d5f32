import { statement } from '../connection.js';

/** Keeps a batch's events; gives back those that are new. Columns as arrays, instants in milliseconds, $10 the bundle. */
export const insertEvents = statement<{ customer_id: string; seq: number }>(
  'insert-events',
  `insert into event (customer_id, hash, seq, type, time, arrival, id, source, data, bundle)
   select customer_id, hash, seq, type, to_timestamp(time / 1000), to_timestamp(arrival / 1000), id, source, data, $10::integer
   from unnest($1::text[], $2::uuid[], $3::integer[], $4::text[], $5::float8[], $6::float8[], $7::text[], $8::text[],
               $9::jsonb[]) as batch(customer_id, hash, seq, type, time, arrival, id, source, data)
   on conflict do nothing
   returning customer_id, seq`,
);
