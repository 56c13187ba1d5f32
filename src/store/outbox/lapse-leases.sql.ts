import { statement } from '../connection.js';

export interface LapsedRow {
  readonly channel: string;
  readonly provider: string | null;
  readonly count: number;
}

/** $1 milliseconds from the attempt until the provider is asked. What a sender that died had in hand is in doubt. */
export const lapseLeases = statement<LapsedRow>(
  'outbox_lapse_leases',
  `with lapsed as (
    update message set state = 'in_doubt', lease_until = null, reason = 'lease_lapsed',
      next_at = attempted_at + $1::int * interval '1 millisecond'
    where id in (
      select id from message where state = 'sending' and lease_until < clock_timestamp()
      order by lease_until limit 5000 for update skip locked
    )
    returning channel, provider
  )
  select channel, provider, count(*)::int as count from lapsed group by channel, provider`,
);
