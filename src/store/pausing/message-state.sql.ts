import { statement } from '../connection.js';

/** $1 message. */
export const messageState = statement<{ readonly state: string }>(
  'message-state',
  `select state from message where id = $1`,
);
