import { statement } from '../connection.js';

/**
 * Takes away calls that were over before $1 (milliseconds since 1970), the oldest first, at most $2. Their answers were told when they
 * were settled; whoever is still to be called is not over.
 */
export const pruneCalls = statement<{ readonly gone: number }>(
  '',
  `with gone as (
     delete from webhook_call
     where id = any (array(
       select id from webhook_call
       where settled_at is not null and settled_at < to_timestamp($1::float8 / 1000)
         and state in ('done', 'failed', 'withdrawn')
       order by settled_at limit $2::integer
       for update skip locked
     ))
     returning 1
   )
   select count(*)::integer as gone from gone`,
);
