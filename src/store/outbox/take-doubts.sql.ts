import { statement } from '../connection.js';

/** A message whose fate is unknown. Times in milliseconds since 1970; `at` is the database's clock. */
export interface DoubtRow {
  readonly id: string | number;
  readonly lease: string;
  readonly customer_id: string;
  readonly purpose: string;
  readonly provider: string | null;
  readonly attempted_at: number;
  readonly created_at: number;
  readonly leave_by: number | null;
  readonly at: number;
}

/** $1 channel, $2 for how many milliseconds nobody else asks about them. Up to 500, the longest due first. */
export const takeDoubts = statement<DoubtRow>(
  '',
  `update message set next_at = clock_timestamp() + $2::int * interval '1 millisecond'
  where id in (
    select id from message where state = 'in_doubt' and channel = $1 and next_at <= clock_timestamp()
    order by next_at limit 500 for update skip locked
  )
  returning id, lease, customer_id, purpose, provider,
    extract(epoch from attempted_at)::float8 * 1000 as attempted_at,
    extract(epoch from created_at)::float8 * 1000 as created_at,
    extract(epoch from leave_by)::float8 * 1000 as leave_by,
    extract(epoch from clock_timestamp())::float8 * 1000 as at`,
);
