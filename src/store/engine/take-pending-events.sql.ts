import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

/** As it is by now: where its customer has been merged with another one it is of that one, and names what has moved there. */
export interface TakenEvent {
  readonly no: number;
  readonly customer_id: string;
  readonly id: string;
  readonly data: JsonObject;
}

/**
 * Takes pending events into the transaction that decides them; those not given back another engine has taken. Locked in
 * the order of their numbers, so that two engines never wait for each other in a circle.
 */
export const takePendingEvents = statement<TakenEvent>(
  'take-pending-events',
  `with taken as (select no from pending_event where no = any($1::bigint[]) order by no for update)
   delete from pending_event using taken where pending_event.no = taken.no
   returning pending_event.no, customer_id, id, data`,
);
