import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface KeptEvent {
  readonly customer_id: string;
  readonly seq: number;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: number;
  readonly arrival: number;
  readonly bundle: number;
  readonly data: JsonObject;
}

/** All events of these customers that are kept, in the order in which they were decided. */
export const readKeptEvents = statement<KeptEvent>(
  'read-kept-events',
  `select customer_id, seq, id, source, type, time, arrival, bundle, data
   from event where customer_id = any($1::text[]) order by customer_id, seq`,
);
