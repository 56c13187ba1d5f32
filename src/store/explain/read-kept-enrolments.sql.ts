import { statement } from '../connection.js';
import type { EnrolmentRow } from '../engine/load-enrolments.sql.js';

/** When a timer was decided, or a changed file: the customer's decision number, the instant, the bundle. */
export type KeptTimer = readonly [seq: number, at: number, bundle: number, kind?: 'file'];

export interface KeptEnrolment extends EnrolmentRow {
  /** Null where one was parked. */
  readonly timers: readonly (KeptTimer | null)[];
}

/** All enrolments of these customers, those that are over as well. */
export const readKeptEnrolments = statement<KeptEnrolment>(
  'read-kept-enrolments',
  `select customer_id, journey, seq, key, version, status, step, started_by, entered_at, ended_at, reason,
          coalesce(wake_at, held_wake_at) as wake_at, state,
          timers
   from enrolment where customer_id = any($1::text[]) order by customer_id, seq, journey`,
);
