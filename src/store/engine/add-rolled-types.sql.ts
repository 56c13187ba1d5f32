import { statement } from '../connection.js';

/**
 * From now on day rows are kept of these types ($1) with the sums of these fields ($2, pairwise; null for none). What was
 * not kept before is to be filled from the events, where there are any. Under the lock of `lock-rolled-types`.
 */
export const addRolledTypes = statement(
  'add-rolled-types',
  `insert into rolled_type as r (type, fields, filled)
   select type, coalesce(array_agg(distinct field) filter (where field is not null), '{}'),
          coalesce((select false from event order by customer_id, hash limit 1), true)
   from unnest($1::text[], $2::text[]) as counted(type, field)
   group by type
   on conflict (type) do update
     set fields = array(select distinct unnest(r.fields || excluded.fields) order by 1),
         filled = excluded.filled, filled_through = ''
     where not r.fields @> excluded.fields`,
);
