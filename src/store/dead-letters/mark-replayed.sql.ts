import { statement } from '../connection.js';

/** $1 the letter's number. */
export const markReplayed = statement(
  'mark-replayed',
  `update dead_letter set replayed_at = clock_timestamp() where no = $1 and replayed_at is null`,
);
