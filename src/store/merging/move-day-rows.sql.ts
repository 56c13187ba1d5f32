import { statement } from '../connection.js';

/** Adds the day rows of $1 to those of $2. */
export const moveDayRows = statement(
  'move-day-rows',
  `with moved as (delete from event_day where customer_id = $1::text returning *)
   insert into event_day as d (customer_id, type, day, count, newest, sums)
   select $2::text, type, day, count, newest, sums from moved
   on conflict (customer_id, type, day) do update
     set count = d.count + excluded.count, newest = greatest(d.newest, excluded.newest),
         sums = case
           when d.sums is null then excluded.sums
           when excluded.sums is null then d.sums
           else d.sums || (select jsonb_object_agg(key, coalesce((d.sums ->> key)::numeric, 0) + value::numeric)
                           from jsonb_each_text(excluded.sums))
         end`,
);
