import { statement } from '../connection.js';
import { claimedColumns, type ClaimedRow } from './claimed-columns.js';

/**
 * One claimed message (id null where none was free). `examined` and `parked` say how far the claim looked and how many
 * rows it made wait for a forerunner; `at` is the database's clock. Times in milliseconds since 1970.
 */
export interface ClaimRow extends Omit<ClaimedRow, 'id'> {
  readonly id: string | number | null;
  readonly rank: number;
  readonly at: number;
  readonly examined: number;
  readonly parked: number;
}

/**
 * $1 channel, $2 provider, $3 how many, $4 how many to look at, $5 lease token, $6 lease in ms, $7 probe (a down channel is
 * tried with it), $8 the channel's providers that stand before this one: it is claimed for only while all of them are down. No
 * name: it is planned each time, so that a plan made on an empty table is never used on a full one.
 *
 * What is paused is not claimed (next_messages), and what is held back by that does not hold back others of its customer. That
 * function sees what was committed when it is called, this statement what was when it began: a journey whose message may be claimed is
 * not paused any more, whatever is still read here.
 *
 * Never waits for a lock. A message with an earlier open one of its customer, purpose and channel is parked behind it while
 * that row's lock is held, so that its closing (trigger release_followers) cannot be missed.
 */
export const claim = statement<ClaimRow>(
  '',
  `with candidate as materialized (
    select id, customer_id, purpose, rank
    from next_messages($1, $4::int)
    where ($7 or not exists (select from channel_state where channel = $1 and provider = $2 and down_since is not null))
      and not exists (select from unnest($8::text[]) as before (provider) where not exists (
        select from channel_state where channel = $1 and provider = before.provider and down_since is not null))
  ), looked_at as materialized (
    select candidate.id, candidate.rank, (
      select id from message
      where customer_id = candidate.customer_id and id < candidate.id
        and purpose = candidate.purpose and channel = $1
        and state in ('queued', 'sending', 'retrying', 'in_doubt')
        and (state in ('sending', 'in_doubt') or journey <> all (array(select name from pause where kind = 'journey'))
          or journey = (select journey from message where id = candidate.id))
      order by id desc
      limit 1
    ) as forerunner
    from candidate
  ), still_open as materialized (
    select id from message
    where id = any (array(select forerunner from looked_at where forerunner is not null)) and channel = $1
      and state in ('queued', 'sending', 'retrying', 'in_doubt')
      -- One that is being let go is in the queue again in a moment.
      and held is null
    for share skip locked
  ), parked as (
    update message set waits_for = looked_at.forerunner
    from looked_at
    where message.id = looked_at.id and (looked_at.forerunner in (select id from still_open)) is true
    returning 1
  ), counted as (
    select (select count(*)::int from candidate) as examined, (select count(*)::int from parked) as parked
  ), free as materialized (
    select id from looked_at
    where forerunner is null and (select parked from counted) >= 0
    order by rank, id
    limit $3::int
  ), taken as (
    update message set state = 'sending', provider = $2, lease = $5, attempts = attempts + 1, next_at = null,
      attempted_at = clock_timestamp(), lease_until = clock_timestamp() + $6::int * interval '1 millisecond'
    from free
    where message.id = free.id
    returning message.id, ${claimedColumns}
  )
  select taken.*, extract(epoch from clock_timestamp())::float8 * 1000 as at, counted.examined, counted.parked
  from counted left join taken on true
  order by taken.rank, taken.id`,
);
