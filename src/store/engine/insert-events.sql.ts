import { statement } from '../connection.js';

/** Keeps a batch's events; gives back those that are new. Columns as arrays, $10 the bundle. */
export const insertEvents = statement<{ customer_id: string; seq: number }>(
  'insert-events',
  `insert into event (customer_id, hash, seq, type, time, arrival, id, source, data, bundle)
   select *, $10::integer from unnest(
     $1::text[], $2::uuid[], $3::integer[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[],
     $9::jsonb[])
   on conflict do nothing
   returning customer_id, seq`,
);
