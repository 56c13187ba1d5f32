import { statement } from '../connection.js';

/** Notes that tasks were done: $1 customers, $2 ids, $3 when, $4 results (or null). The first word counts, a withdrawal too. */
export const finishTasks = statement(
  'finish-tasks',
  `update task set done_at = done.at, result = done.result
   from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) as done(customer_id, id, at, result)
   where task.customer_id = done.customer_id and task.id = done.id
     and task.done_at is null and task.closed_at is null`,
);
