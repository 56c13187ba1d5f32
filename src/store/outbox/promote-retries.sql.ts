import { statement } from '../connection.js';

/**
 * $1 channel: puts up to 5,000 messages whose time to wait is over back in the queue, each at its old place; what is paused
 * is held at once, so that nobody goes on waiting behind it.
 */
export const promoteRetries = statement<{ readonly promoted: number }>(
  '',
  `with due as (
    update message set state = 'queued', next_at = null,
      held = case when journey = any (array(select name from pause where kind = 'journey'))
        or purpose = any (array(select name from pause where kind = 'purpose')) then 'paused' end
    where id in (
      select id from message where state = 'retrying' and channel = $1 and next_at <= clock_timestamp()
      order by next_at limit 5000 for update skip locked
    )
    returning 1
  )
  select count(*)::int as promoted from due`,
);
