import { statement } from '../connection.js';

/** Adds a batch's events to the day rows. One row a customer, type and UTC day; days from 1970, instants in milliseconds. */
export const saveRollups = statement(
  'save-rollups',
  `insert into event_day as d (customer_id, type, day, count, newest, sums)
   select customer_id, type, date '1970-01-01' + day, count, to_timestamp(newest / 1000), sums
   from unnest($1::text[], $2::text[], $3::integer[], $4::integer[], $5::float8[], $6::jsonb[])
          as batch(customer_id, type, day, count, newest, sums)
   on conflict (customer_id, type, day) do update
     set count = d.count + excluded.count, newest = greatest(d.newest, excluded.newest),
         sums = case
           when d.sums is null then excluded.sums
           when excluded.sums is null then d.sums
           else d.sums || (select jsonb_object_agg(key, coalesce((d.sums ->> key)::numeric, 0) + value::numeric)
                           from jsonb_each_text(excluded.sums))
         end`,
);
