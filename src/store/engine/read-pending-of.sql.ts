import { statement } from '../connection.js';
import type { PendingEventRow } from './read-pending-events.sql.js';

/** The same for these customers ($1) only. */
export const readPendingOf = statement<PendingEventRow>(
  'read-pending-of',
  `select no, customer_id, id, source, type, time, data, chain from pending_event
   where customer_id = any($1::text[]) order by no limit 500`,
);
