import { statement } from '../connection.js';

/**
 * A chat ($3) has come by the link with that code ($1) of that channel ($2): gives whose chat it is, and whether somebody was born
 * from it ($4 their id). The first chat has the code, and has it still when that is told again; nothing for a code that is not known, has
 * expired, or is another chat's.
 */
export const followChatLink = statement<{ readonly customer_id: string; readonly stranger: boolean }>(
  'follow-chat-link',
  `update chat_link set chat = $3::text, used_at = coalesce(used_at, clock_timestamp())
   where code = $1::text and channel = $2::text
     and (chat = $3::text or (chat is null and expires_at > clock_timestamp()))
   returning customer_id, exists (select from customer where id = $4::text and merged_into is null) as stranger`,
);
