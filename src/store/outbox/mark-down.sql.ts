import { statement } from '../connection.js';

/** $1 channel, $2 provider, $3 reason, $4 milliseconds until it is tried again. */
export const markDown = statement(
  'outbox_mark_down',
  `insert into channel_state (channel, provider, down_since, retry_at, reason)
  values ($1, $2, clock_timestamp(), clock_timestamp() + $4::int * interval '1 millisecond', $3)
  on conflict (channel, provider) do update set
    down_since = coalesce(channel_state.down_since, excluded.down_since), retry_at = excluded.retry_at, reason = excluded.reason`,
);
