import { statement } from '../connection.js';
import { cameAt } from './next-channel.js';

/** A message whose fate is unknown. Times in milliseconds since 1970; `at` is the database's clock. */
export interface DoubtRow {
  readonly id: string | number;
  readonly lease: string;
  readonly customer_id: string;
  readonly purpose: string;
  readonly provider: string | null;
  /** A text registered at the provider, which went without our id. */
  readonly registered: boolean;
  /** Another provider sends on its channel as well: here, or from another process. */
  readonly one_of_several: boolean;
  readonly attempted_at: number;
  readonly came_at: number;
  readonly not_after: number | null;
  readonly at: number;
}

/**
 * $1 channel, $2 for how many milliseconds nobody else asks about them, $3 the provider that was given them, $4 all of the
 * channel's here: what was given to one that nobody serves any more is taken as well. Up to 500, the longest due first.
 */
export const takeDoubts = statement<DoubtRow>(
  '',
  `with whose (provider) as (
    values ($3::text), ('')
    union all
    select provider from served_provider
    where channel = $1 and until < statement_timestamp() and provider <> all ($4::text[])
  )
  update message set next_at = clock_timestamp() + $2::int * interval '1 millisecond'
  where id in (
    select due.id from whose cross join lateral (
      select id, next_at from message
      where state = 'in_doubt' and channel = $1 and coalesce(provider, '') = whose.provider
        and coalesce(next_at, 'infinity') <= statement_timestamp()
      order by coalesce(next_at, 'infinity') limit 500 for update skip locked
    ) due
    order by due.next_at limit 500
  )
  returning id, lease, customer_id, purpose, provider, content ? 'lookup' as registered,
    exists (select from served_provider other where other.channel = $1 and other.provider <> $3 and other.until >= statement_timestamp())
      as one_of_several,
    extract(epoch from attempted_at)::float8 * 1000 as attempted_at,
    extract(epoch from ${cameAt})::float8 * 1000 as came_at,
    extract(epoch from case when ref is null then leave_by else not_after end)::float8 * 1000 as not_after,
    extract(epoch from clock_timestamp())::float8 * 1000 as at`,
);
