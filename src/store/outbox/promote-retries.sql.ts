import { statement } from '../connection.js';

/**
 * $1 channel, $2 its providers: puts 5,000 messages at a time whose time to wait is over back in the queue, each at its old place; what
 * is paused is held at once, so that nobody goes on waiting behind it. What only a provider may send again that nobody serves any
 * more comes into doubt again, where that is decided.
 */
export const promoteRetries = statement<{ readonly promoted: number }>(
  '',
  `with unserved as (
    select provider from served_provider
    where channel = $1 and until < statement_timestamp() and provider <> all ($2::text[])
  ), free as materialized (
    select id from message
    where state = 'retrying' and only_by is null and channel = $1 and coalesce(next_at, 'infinity') <= statement_timestamp()
    order by coalesce(next_at, 'infinity') limit 5000 for update skip locked
  ), bound as materialized (
    select due.id from unserved cross join lateral (
      select id from message
      where state = 'retrying' and only_by = unserved.provider and channel = $1
        and coalesce(next_at, 'infinity') <= statement_timestamp()
      order by coalesce(next_at, 'infinity') limit 5000 for update skip locked
    ) due
    limit 5000
  ), due as (
    update message set state = case when only_by is null then 'queued' else 'in_doubt' end,
      next_at = case when only_by is not null then clock_timestamp() end,
      lease = case when only_by is not null then gen_random_uuid() end,
      held = case when only_by is null and (journey = any (array(select name from pause where kind = 'journey'))
        or purpose = any (array(select name from pause where kind = 'purpose'))) then 'paused' end
    where id = any (array(select id from free union all select id from bound))
    returning 1
  )
  select count(*)::int as promoted from due`,
);
