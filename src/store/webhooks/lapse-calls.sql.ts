import { statement } from '../connection.js';

/** What a caller that is gone had in hand is made again, under the same id; unless nobody wants it any more. */
export const lapseCalls = statement<{ readonly lapsed: number }>(
  'lapse-webhook-calls',
  `with lapsed as (
    update webhook_call
    set state = case when withdrawn_at is null then 'retrying' else 'withdrawn' end,
        settled_at = case when withdrawn_at is null then null else clock_timestamp() end,
        next_at = clock_timestamp(), lease = null, lease_until = null
    where id in (
      select id from webhook_call where state = 'calling' and lease_until < clock_timestamp()
      order by lease_until limit 1000 for update skip locked
    ) and state = 'calling' and lease_until < clock_timestamp()
    returning 1
  )
  select count(*)::int as lapsed from lapsed`,
);
