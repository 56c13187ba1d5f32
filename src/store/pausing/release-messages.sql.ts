import { statement } from '../connection.js';

/** $1 how many at most. Puts messages that are not paused any more back in the queue, each at its old place. */
export const releaseMessages = statement<{ readonly released: number }>(
  'release-messages',
  `with released as (
    update message set held = null
    where id in (
      select id from message
      where id = any (array(select id from no_longer_held($1::integer)))
      order by id for update
    ) and state = 'queued' and held is not null
    returning 1
  )
  select count(*)::int as released from released`,
);
