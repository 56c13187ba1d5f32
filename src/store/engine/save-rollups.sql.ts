import { statement } from '../connection.js';

/** Adds a batch's events to the day rows. One row a customer, type and UTC day. */
export const saveRollups = statement(
  'save-rollups',
  `insert into event_day as d (customer_id, type, day, count, newest, sums)
   select * from unnest($1::text[], $2::text[], $3::date[], $4::integer[], $5::timestamptz[], $6::jsonb[])
   on conflict (customer_id, type, day) do update
     set count = d.count + excluded.count, newest = greatest(d.newest, excluded.newest),
         sums = peyk_add(d.sums, excluded.sums)`,
);
