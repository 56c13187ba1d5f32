import { statement } from '../connection.js';

/** Appends changes to customers who are locked, each with its instant, its decision number and where it came from. */
export const insertChanges = statement(
  'insert-changes',
  `insert into customer_change (customer_id, at, source, patch, seq)
   select change.*, (select seq from customer where id = change.customer_id)
   from unnest($1::text[], $2::timestamptz[], $3::text[], $4::jsonb[]) as change(customer_id, at, source, patch)`,
);
