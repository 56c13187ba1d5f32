import { statement } from '../connection.js';

/** $1 provider, $2 numbers whose customers' withdrawal is kept. */
export const markBlockedTold = statement(
  'mark-blocked-told',
  `update blocked_number set told = true where provider = $1 and number = any ($2::text[])`,
);
