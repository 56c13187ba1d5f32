import { statement } from '../connection.js';

/** Forgets codes that nobody can come by any more: $1 expired before so many days, $2 at most so many. */
export const forgetChatLinks = statement<{ readonly code: string }>(
  'forget-chat-links',
  `delete from chat_link where ctid = any (array(
     select ctid from chat_link where expires_at < clock_timestamp() - $1::integer * interval '1 day'
     order by expires_at limit $2::integer))
   returning code`,
);
