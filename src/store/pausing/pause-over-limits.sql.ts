import { statement } from '../connection.js';

/** $1 journeys, $2 since when, $3 why (pairwise). Gives those that were not paused before. */
export const pauseOverLimits = statement<{ readonly name: string }>(
  'pause-over-limits',
  `insert into pause (kind, name, since, reason)
   select 'journey', name, since, reason
   from unnest($1::text[], $2::timestamptz[], $3::text[]) as over(name, since, reason) order by name
   on conflict (kind, name) do nothing
   returning name`,
);
