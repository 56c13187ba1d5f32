import { statement } from '../connection.js';

/** $1 bucket names, $2 their bursts: makes those that are not there yet, full. */
export const makeBuckets = statement(
  'outbox_make_buckets',
  `insert into rate_bucket (name, tokens, refilled_at)
  select name, burst, clock_timestamp() from unnest($1::text[], $2::float8[]) as bucket (name, burst) order by name
  on conflict (name) do nothing`,
);
