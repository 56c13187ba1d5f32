import { statement } from '../connection.js';

/**
 * Begins to count who enters these journeys ($1): those who have entered before count too, as of the end of their hours. Reads
 * all enrolments, once in a journey's life with `limits`. (The control group has not entered.)
 */
export const beginEntries = statement(
  'begin-entries',
  `with begun as (
     select journey from unnest($1::text[]) as asked(journey)
     where not exists (select from entry_total t where t.journey = asked.journey)
   ), hours as (
     select journey, max(entered_at) as at, count(*) as entries
     from enrolment join begun using (journey) where not state ? 'holdout'
     group by journey, date_trunc('hour', entered_at)
   ), sums as (
     select journey, at, sum(entries) over (partition by journey order by at) as total from hours
   ), counted as (
     insert into entry_total (journey, total)
     select journey, coalesce((select max(total) from sums where sums.journey = begun.journey), 0) from begun order by journey
     on conflict do nothing
     returning journey
   )
   insert into entry_total_at (journey, at, total)
   select journey, '-infinity', 0 from counted
   union all
   select journey, at, total from sums join counted using (journey)
   on conflict do nothing`,
);
