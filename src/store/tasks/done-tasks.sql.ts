import { statement } from '../connection.js';
import { taskColumns, type TaskRow } from './task-row.js';

/** Tasks that were done, the last first. $1 for whom (null: all), $2 how many. */
export const doneTasks = statement<TaskRow>(
  'done-tasks',
  `select ${taskColumns} from task
   where done_at is not null and ($1::text is null or assign_to = $1)
   order by done_at desc limit $2`,
);
