import { statement } from '../connection.js';

/** Takes back open tasks: $1 customers, $2 ids, $3 when. */
export const closeTasks = statement(
  'close-tasks',
  `update task set closed_at = closed.at
   from unnest($1::text[], $2::text[], $3::timestamptz[]) as closed(customer_id, id, at)
   where task.customer_id = closed.customer_id and task.id = closed.id
     and task.closed_at is null and task.done_at is null`,
);
