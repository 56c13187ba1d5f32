import { statement } from '../connection.js';

/** $1 the task's id, $2 who takes it. Nothing where it is not open, or somebody else's. */
export const takeTask = statement(
  'take-task',
  `update task set taken_by = $2, taken_at = clock_timestamp()
   where id = $1 and taken_by is null and done_at is null and closed_at is null`,
);
