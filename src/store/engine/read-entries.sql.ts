import { statement } from '../connection.js';

export interface EntriesRow {
  readonly journey: string;
  /** Null where nobody has begun to count. */
  readonly entries: number | null;
}

/**
 * How many have entered these journeys ($1) since ($2, exclusive, in milliseconds; null: ever). Where what is kept does not
 * reach back so far, as far as it does.
 */
export const readEntries = statement<EntriesRow>(
  'read-entries',
  `select asked.journey, (t.total - case when asked.since is null then 0 else coalesce(
       (select e.total from entry_total_at e
        where e.journey = asked.journey and e.at <= to_timestamp(asked.since / 1000) order by e.at desc limit 1),
       (select e.total from entry_total_at e where e.journey = asked.journey order by e.at limit 1),
       0) end)::float8 as entries
   from unnest($1::text[], $2::float8[]) as asked(journey, since) left join entry_total t using (journey)`,
);
