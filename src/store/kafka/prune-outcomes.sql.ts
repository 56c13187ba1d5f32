import { statement } from '../connection.js';

/** Takes away what was told more than a day ago, the oldest first, at most $1. */
export const pruneOutcomes = statement<{ readonly gone: number }>(
  'prune-outcomes',
  `with gone as (
     delete from outcome
     where no = any (array(
       select no from outcome
       where published_at is not null and published_at < (select clock_timestamp()) - interval '1 day'
       order by published_at limit $1::integer
       for update skip locked
     ))
     returning 1
   )
   select count(*)::integer as gone from gone`,
);
