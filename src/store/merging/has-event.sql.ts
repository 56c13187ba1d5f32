import { statement } from '../connection.js';

/** Whether a customer ($1) has the event of this hash ($2) already. */
export const hasEvent = statement<{ readonly known: boolean }>(
  'has-event',
  'select exists (select from event where customer_id = $1::text and hash = $2::uuid) as known',
);
