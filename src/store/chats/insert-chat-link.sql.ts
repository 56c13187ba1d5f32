import { statement } from '../connection.js';

/** Keeps the code of a link to a bot: $1 code, $2 customer, $3 channel, $4 for how many seconds; gives until when. */
export const insertChatLink = statement<{ readonly expires_at: number }>(
  'insert-chat-link',
  `insert into chat_link (code, customer_id, channel, expires_at)
   values ($1::text, $2::text, $3::text, clock_timestamp() + $4::integer * interval '1 second')
   returning expires_at`,
);
