import { statement } from '../connection.js';
import { taskColumns, type TaskRow } from './task-row.js';

/** Tasks to be done, the most urgent first. $1 for whom (null: all), $2 whether somebody has taken them (null: either), $3 how many. */
export const openTasks = statement<TaskRow>(
  'open-tasks',
  `select ${taskColumns} from task
   where done_at is null and closed_at is null
     and ($1::text is null or assign_to = $1) and ($2::boolean is null or (taken_by is not null) = $2)
   order by due, opened_at, id limit $3`,
);
