import { statement } from '../connection.js';

/**
 * Locks the events of the engine's own that wait to be decided for a customer ($1), in the order of their numbers: before the
 * customer, as whoever decides them does.
 */
export const lockPendingEvents = statement<{ no: number }>(
  'lock-pending-events',
  'select no from pending_event where customer_id = $1::text order by no for update',
);
