import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface CustomerRow {
  readonly id: string;
  readonly created_at: number;
  readonly attributes: JsonObject;
  readonly consent: JsonObject;
}

export const findCustomer = statement<CustomerRow>(
  'find-customer',
  'select id, created_at, attributes, consent from customer where id = $1',
);
