import { statement } from '../connection.js';
import { taskColumns, type TaskRow } from './task-row.js';

/** $1 its id. */
export const findTask = statement<TaskRow>('find-task', `select ${taskColumns} from task where id = $1`);
