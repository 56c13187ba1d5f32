import { statement } from '../connection.js';

/**
 * Customers ($1) have written on channels ($2): whoever writes there reads there, so that what was sent to them there waits for no
 * receipt any more.
 */
export const hearReplies = statement(
  'hear-replies',
  `update message set fallback_at = null
   from unnest($1::text[], $2::text[]) as heard(customer_id, channel)
   where message.customer_id = heard.customer_id and message.channel = heard.channel
     and message.fallback_at is not null and message.state = 'sent'`,
);
