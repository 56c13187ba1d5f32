import { statement } from '../connection.js';

/** A message whose fate is unknown. Times in milliseconds since 1970; `at` is the database's clock. */
export interface DoubtRow {
  readonly id: string | number;
  readonly lease: string;
  readonly customer_id: string;
  readonly purpose: string;
  readonly provider: string | null;
  /** A text registered at the provider, which went without our id. */
  readonly registered: boolean;
  readonly attempted_at: number;
  readonly created_at: number;
  readonly not_after: number | null;
  readonly at: number;
}

/**
 * $1 channel, $2 for how many milliseconds nobody else asks about them, $3 the channel's other providers, who are asked about what
 * they were given themselves. Up to 500, the longest due first.
 */
export const takeDoubts = statement<DoubtRow>(
  '',
  `update message set next_at = clock_timestamp() + $2::int * interval '1 millisecond'
  where id in (
    select id from message where state = 'in_doubt' and channel = $1 and next_at <= clock_timestamp()
      and (provider is null or provider <> all ($3::text[]))
    order by next_at limit 500 for update skip locked
  )
  returning id, lease, customer_id, purpose, provider, content ? 'lookup' as registered,
    extract(epoch from attempted_at)::float8 * 1000 as attempted_at,
    extract(epoch from created_at)::float8 * 1000 as created_at,
    extract(epoch from case when ref is null then leave_by else not_after end)::float8 * 1000 as not_after,
    extract(epoch from clock_timestamp())::float8 * 1000 as at`,
);
