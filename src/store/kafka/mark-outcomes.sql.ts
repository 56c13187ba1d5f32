import { statement } from '../connection.js';

/** $1 the outcomes' numbers. */
export const markOutcomes = statement(
  'mark-outcomes',
  `update outcome set published_at = clock_timestamp() where no = any($1::bigint[])`,
);
