import { statement } from '../connection.js';

/** $1 channel, $2 provider, $3 milliseconds until the next try, $4 there is a message to try with, whatever is queued. A row: this sender, and no other, may try one message. */
export const takeProbe = statement<{ readonly channel: string }>(
  'outbox_take_probe',
  `update channel_state set retry_at = clock_timestamp() + $3::int * interval '1 millisecond'
  where channel = $1 and provider = $2 and down_since is not null and retry_at <= clock_timestamp()
    and ($4::boolean or (select id from message
      where state = 'queued' and waits_for is null and held is null and message.channel = $1
        and coalesce(leave_by, 'infinity') > statement_timestamp()
      order by rank, id limit 1) is not null)
  returning channel`,
);
