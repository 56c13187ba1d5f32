import { statement } from '../connection.js';

/** `granted` is the same in each row (one a bucket); `wait_ms` until it is worth asking again. */
export interface TokenRow {
  readonly granted: number;
  readonly wait_ms: number;
}

/**
 * $1 bucket names, $2 their tokens a millisecond, $3 their bursts, $4 how many are wanted. Takes the same number from all of
 * them, as many as the emptiest has. Fewer rows than names: a bucket is missing, and nothing was taken.
 */
export const takeTokens = statement<TokenRow>(
  'outbox_take_tokens',
  `with wanted as (
    select * from unnest($1::text[], $2::float8[], $3::float8[]) as wanted (name, per_ms, burst)
  ), locked as materialized (
    select bucket.name, bucket.tokens, bucket.refilled_at, wanted.per_ms, wanted.burst
    from rate_bucket bucket join wanted using (name)
    order by bucket.name
    for update of bucket
  ), at as materialized (
    -- Read after the locks: what other senders took while this one waited is in the past.
    select clock_timestamp() as at, count(*) as found from locked
  ), filled as materialized (
    select name, per_ms, burst, greatest(at.at, refilled_at) as at,
      least(burst, tokens + greatest(0, extract(epoch from at.at - refilled_at)::float8 * 1000) * per_ms) as tokens
    from locked, at
    where at.found = cardinality($1::text[])
  ), given as materialized (
    select greatest(0, floor(least($4::float8, min(tokens) + 1e-6))) as granted from filled
  )
  update rate_bucket set tokens = filled.tokens - given.granted, refilled_at = filled.at
  from filled, given
  where rate_bucket.name = filled.name
  returning given.granted, greatest(0,
    (least($4::float8, greatest(1, filled.burst / 2)) - rate_bucket.tokens) / filled.per_ms)::float8 as wait_ms`,
);
