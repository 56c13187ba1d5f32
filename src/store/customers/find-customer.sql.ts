import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface CustomerRow {
  readonly id: string;
  readonly created_at: number;
  readonly attributes: JsonObject;
  readonly consent: JsonObject;
  /** Whose second name this is; null: it is their own. */
  readonly merged_into: string | null;
}

export const findCustomer = statement<CustomerRow>(
  'find-customer',
  'select id, created_at, attributes, consent, merged_into from customer where id = $1',
);
