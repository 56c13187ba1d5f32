import { statement } from '../connection.js';

export interface KeptLink {
  readonly customer_id: string;
  /** As decisions name the message that it stands in. */
  readonly ref: string;
  readonly channel: string;
  readonly target: string | null;
  readonly code: string;
  /** As it stands in the message; null where that does not show it any more. */
  readonly url: string | null;
}

/** The short links of all messages of these customers. */
export const readKeptLinks = statement<KeptLink>(
  'read-kept-links',
  `select message.customer_id, message.ref, link.channel, link.target, link.code,
     substring(message.content::text || message.fallbacks::text
       from '(https?://[^[:space:]"<>\\\\]+/[lu]/' || link.code || ')') as url
   from message join link on link.message_id = message.id
   where message.customer_id = any($1::text[]) and message.ref is not null`,
);
