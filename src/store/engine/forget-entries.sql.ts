import { statement } from '../connection.js';

/** Stops counting who enters these journeys ($1): what enters uncounted would be missed later. */
export const forgetEntries = statement(
  'forget-entries',
  `with past as (delete from entry_total_at where journey = any($1::text[]))
   delete from entry_total where journey = any($1::text[])`,
);
