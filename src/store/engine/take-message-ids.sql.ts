import { statement } from '../connection.js';

/** The first of $1 consecutive message ids, never given out before. */
export const takeMessageIds = statement<{ first: number }>(
  'take-message-ids',
  'select take_message_ids($1::integer) as first',
);
