import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface KeptChange {
  readonly customer_id: string;
  readonly seq: number;
  readonly at: number;
  readonly source: string;
  readonly patch: JsonObject;
}

/** What was changed of these customers, in order. */
export const readChanges = statement<KeptChange>(
  'read-changes',
  `select customer_id, seq, at, source, patch
   from customer_change where customer_id = any($1::text[]) order by customer_id, no`,
);
