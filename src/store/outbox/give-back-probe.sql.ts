import { statement } from '../connection.js';

/** $1 channel, $2 provider, $3 milliseconds: there was no message to try with, so that the next try need not wait as long as for a refusal. */
export const giveBackProbe = statement(
  'outbox_give_back_probe',
  `update channel_state set retry_at = least(retry_at, clock_timestamp() + $3::int * interval '1 millisecond')
  where channel = $1 and provider = $2 and down_since is not null`,
);
