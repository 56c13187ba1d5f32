import { statement } from '../connection.js';

export interface KeptTask {
  readonly customer_id: string;
  readonly id: string;
  readonly journey: string;
  readonly key: string | null;
  readonly enrolment: number;
  readonly step: string;
  readonly title: string;
  readonly assign_to: string | null;
  readonly due: number | null;
  readonly results: readonly string[];
  readonly opened_at: number;
  readonly done_at: number | null;
  readonly closed_at: number | null;
}

/** All tasks of these customers. */
export const readKeptTasks = statement<KeptTask>(
  'read-kept-tasks',
  `select customer_id, id, journey, key, enrolment, step, title, assign_to, due, results, opened_at, done_at, closed_at
   from task where customer_id = any($1::text[]) order by customer_id, opened_at, id`,
);
