import type { Json, JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface KeptMessage {
  readonly customer_id: string;
  readonly journey: string;
  readonly enrolment: number;
  readonly key: string | null;
  readonly step: string;
  readonly template: string;
  readonly purpose: string;
  readonly channel: string;
  readonly address: string;
  readonly content: JsonObject;
  readonly fallbacks: Json[];
  readonly bundle: number;
  readonly state: string;
  readonly reason: string | null;
  readonly created_at: number;
  readonly leave_by: number | null;
  /** Null for messages from before it was kept. */
  readonly ref: string | null;
  readonly not_after: number | null;
}

/** All messages of these customers, in the order in which they were decided. */
export const readKeptMessages = statement<KeptMessage>(
  'read-kept-messages',
  `select customer_id, journey, enrolment, key, step, template, purpose, channel, address, content, fallbacks, bundle, state,
          reason, created_at, leave_by, ref, not_after
   from message where customer_id = any($1::text[]) order by customer_id, id`,
);
