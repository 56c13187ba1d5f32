import { printInstant, type Instant } from '../../domain/time/instant.js';
import type { TaskRow } from '../../store/tasks/task-row.js';
import { stateOf } from './task-desk.js';

/** A task as whoever reads it has it, by HTTP and by the command line. */
export function taskItem(task: TaskRow) {
  const { id, customer_id: customer, journey, key, step, title, assign_to, results, taken_by, result } = task;
  return {
    ...{ id, customer, state: stateOf(task), title, assign_to, due: printed(task.due), results },
    ...{ taken_by, taken_at: printed(task.taken_at), result, done_at: printed(task.done_at) },
    ...{ journey, key, step, opened_at: printed(task.opened_at) },
  };
}

export type TaskItem = ReturnType<typeof taskItem>;

function printed(at: Instant | null): string | null {
  return at === null ? null : printInstant(at);
}
