import { statement } from '../connection.js';

/**
 * Takes pending events into the transaction that decides them; those not given back another engine has taken. Locked in
 * the order of their numbers, so that two engines never wait for each other in a circle.
 */
export const takePendingEvents = statement<{ no: number }>(
  'take-pending-events',
  `with taken as (select no from pending_event where no = any($1::bigint[]) order by no for update)
   delete from pending_event using taken where pending_event.no = taken.no
   returning pending_event.no`,
);
