import { statement } from '../connection.js';

/**
 * $1 channel, $2 its providers: puts up to 5,000 messages whose time to wait is over back in the queue, each at its old place; what
 * is paused is held at once, so that nobody goes on waiting behind it. What only a provider may send again that is not there any
 * more comes into doubt again, where that is decided.
 */
export const promoteRetries = statement<{ readonly promoted: number }>(
  '',
  `with due as (
    update message set state = case when only_by is null then 'queued' else 'in_doubt' end,
      next_at = case when only_by is not null then clock_timestamp() end,
      lease = case when only_by is not null then gen_random_uuid() end,
      held = case when only_by is null and (journey = any (array(select name from pause where kind = 'journey'))
        or purpose = any (array(select name from pause where kind = 'purpose'))) then 'paused' end
    where id in (
      select id from message where state = 'retrying' and channel = $1 and next_at <= clock_timestamp()
        and (only_by is null or only_by <> all ($2::text[]))
      order by next_at limit 5000 for update skip locked
    )
    returning 1
  )
  select count(*)::int as promoted from due`,
);
