import { statement } from '../connection.js';

/**
 * Makes the day rows of these customers ($1) and this type ($2) what their events say, with the sums of the fields in $3. The
 * customers have to be locked by an earlier statement: this one's snapshot then has all that was decided before the lock.
 */
export const fillRollups = statement(
  'fill-rollups',
  `with own as materialized (
     select customer_id, (time at time zone 'UTC')::date as day, time, data
     from event where customer_id = any($1::text[]) and type = $2::text
   ), days as (
     select customer_id, day, count(*)::integer as count, max(time) as newest from own group by customer_id, day
   ), totals as (
     select customer_id, day, jsonb_object_agg(field, total) as sums
     from (select customer_id, day, field, sum((data #>> path)::numeric) as total
           from own cross join (select field, string_to_array(field, '.') as path from unnest($3::text[]) as f(field)) summed
           where jsonb_typeof(data #> path) = 'number'
           group by customer_id, day, field) as by_field
     group by customer_id, day
   )
   insert into event_day as d (customer_id, type, day, count, newest, sums)
   select customer_id, $2::text, day, count, newest, sums from days left join totals using (customer_id, day)
   on conflict (customer_id, type, day) do update
     set count = excluded.count, newest = excluded.newest, sums = excluded.sums`,
);
