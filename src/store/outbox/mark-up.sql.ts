import { statement } from '../connection.js';

/** $1 channel, $2 provider: it took a message, so it is well again. */
export const markUp = statement(
  'outbox_mark_up',
  `update channel_state set down_since = null, retry_at = null, reason = null where channel = $1 and provider = $2`,
);
