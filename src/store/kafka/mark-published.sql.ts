import { statement } from '../connection.js';

/** $1 the letters' numbers. */
export const markPublished = statement(
  'mark-published',
  `update dead_letter set published_at = clock_timestamp() where no = any($1::bigint[])`,
);
