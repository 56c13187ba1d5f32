import { statement } from '../connection.js';

/** Appends changes to customers, each with its instant and where it came from. */
export const insertChanges = statement(
  'insert-changes',
  `insert into customer_change (customer_id, at, source, patch)
   select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::jsonb[])`,
);
