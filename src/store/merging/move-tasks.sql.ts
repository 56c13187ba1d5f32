import { statement } from '../connection.js';

/** The tasks of $1 are $2's, under the ids by which people know them, their enrolments $3 ahead. */
export const moveTasks = statement(
  'move-tasks',
  `update task set customer_id = $2::text, enrolment = enrolment + $3::integer where customer_id = $1::text`,
);
