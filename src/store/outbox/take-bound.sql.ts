import { statement } from '../connection.js';
import { claimedColumns, type ClaimedRow } from './claimed-columns.js';

/**
 * Claims what only this provider may send again, as it may have it already: $1 channel, $2 provider, $3 how many, $4 lease token,
 * $5 lease in ms. Whether another provider sends on the channel just now is all one. What is due of a paused journey is held where it is,
 * so that nobody goes on waiting behind it.
 */
export const takeBound = statement<ClaimedRow>(
  '',
  `with paused as (
    update message set held = 'paused'
    where id in (
      select id from message
      where state = 'retrying' and channel = $1 and only_by = $2 and coalesce(next_at, 'infinity') <= statement_timestamp()
        and held is null and journey = any (array(select name from pause where kind = 'journey'))
        and exists (select from pause where kind = 'journey')
      order by coalesce(next_at, 'infinity') limit $3::int for update skip locked
    )
  )
  update message set state = 'sending', held = null, lease = $4, attempts = attempts + 1, next_at = null,
    attempted_at = clock_timestamp(), lease_until = clock_timestamp() + $5::int * interval '1 millisecond'
  where id in (
    select id from message
    where state = 'retrying' and channel = $1 and only_by = $2 and coalesce(next_at, 'infinity') <= statement_timestamp()
      and coalesce(leave_by, 'infinity') > clock_timestamp()
      and not exists (select from pause where kind = 'all' or (kind = 'channel' and name = $1))
      and journey <> all (array(select name from pause where kind = 'journey'))
      and purpose <> all (array(select name from pause where kind = 'purpose'))
    order by coalesce(next_at, 'infinity') limit $3::int for update skip locked
  )
  returning id, ${claimedColumns}`,
);
