import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface KeptCustomer {
  readonly id: string;
  readonly seq: number;
  readonly attributes: JsonObject;
  readonly consent: JsonObject;
  readonly closed: JsonObject;
}

export const readCustomers = statement<KeptCustomer>(
  'read-customers',
  'select id, seq, attributes, consent, closed from customer where id = any($1::text[]) order by id',
);
