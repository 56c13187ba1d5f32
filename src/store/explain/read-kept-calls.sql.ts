import type { Json } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface KeptCall {
  readonly customer_id: string;
  readonly journey: string;
  readonly key: string | null;
  readonly enrolment: number;
  readonly step: string;
  readonly url: string;
  readonly method: string;
  readonly body: Json;
  readonly awaited: boolean;
  readonly created_at: number;
  readonly state: string;
  readonly withdrawn_at: number | null;
}

/** All calls of web hooks for these customers. */
export const readKeptCalls = statement<KeptCall>(
  'read-kept-calls',
  `select customer_id, journey, key, enrolment, step, url, method, body, awaited, created_at, state, withdrawn_at
   from webhook_call where customer_id = any($1::text[]) order by customer_id, created_at, journey, enrolment, step, id`,
);
