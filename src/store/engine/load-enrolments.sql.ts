import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface EnrolmentRow {
  readonly customer_id: string;
  readonly journey: string;
  readonly seq: number;
  readonly key: string | null;
  readonly version: string;
  readonly status: 'active' | 'watching' | 'ended';
  readonly step: string | null;
  readonly started_by: string;
  readonly entered_at: number;
  readonly ended_at: number | null;
  readonly reason: string | null;
  readonly wake_at: number | null;
  readonly state: JsonObject;
}

/** The enrolments of these customers that are not over. Two selects, so that each uses its partial index. */
export const loadEnrolments = statement<EnrolmentRow>(
  'load-enrolments',
  `select customer_id, journey, seq, key, version, status, step, started_by, entered_at, ended_at, reason,
     coalesce(wake_at, held_wake_at) as wake_at, state
   from enrolment where customer_id = any($1::text[]) and status = 'active'
   union all
   select customer_id, journey, seq, key, version, status, step, started_by, entered_at, ended_at, reason,
     coalesce(wake_at, held_wake_at) as wake_at, state
   from enrolment where customer_id = any($1::text[]) and status = 'watching'`,
);
