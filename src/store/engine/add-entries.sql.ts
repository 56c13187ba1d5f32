import { statement } from '../connection.js';

/**
 * Adds those who have entered: $1 journeys, $2 how many, $3 since when their limit counts (exclusive, in milliseconds; null:
 * ever), $4 the instant of a virtual clock (else null). What lies before is forgotten, but for the total at that instant.
 * Journeys are locked in the order of their names, so that two batches never wait for each other in a circle.
 */
export const addEntries = statement(
  'add-entries',
  `with locked as materialized (
     select journey from entry_total where journey = any($1::text[]) order by journey for update
   ), added as (
     update entry_total t set total = t.total + given.entries
     from unnest($1::text[], $2::integer[], $3::float8[]) as given(journey, entries, since) join locked using (journey)
     where t.journey = given.journey
     returning t.journey, t.total, given.since
   ), noted as (
     insert into entry_total_at (journey, at, total)
     select journey, coalesce($4::timestamptz, clock_timestamp()), total from added where since is not null
     on conflict (journey, at) do update set total = excluded.total
   )
   delete from entry_total_at old using added
   where old.journey = added.journey and old.at < (
     select max(kept.at) from entry_total_at kept
     where kept.journey = added.journey and kept.at <= to_timestamp(added.since / 1000))`,
);
