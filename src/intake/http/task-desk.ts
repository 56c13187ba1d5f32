import { didYouMean } from '../../domain/did-you-mean.js';
import type { Connection } from '../../store/connection.js';
import { doneTasks } from '../../store/tasks/done-tasks.sql.js';
import { findTask } from '../../store/tasks/find-task.sql.js';
import { openTasks } from '../../store/tasks/open-tasks.sql.js';
import { takeTask } from '../../store/tasks/take-task.sql.js';
import type { TaskRow } from '../../store/tasks/task-row.js';
import { isPlainText } from '../cloudevents/storable.js';
import type { EventOutcome, IncomingEvent } from '../intake.js';

export type TaskState = 'open' | 'taken' | 'done' | 'withdrawn';

export const listedStates = ['open', 'taken', 'done'] as const satisfies readonly TaskState[];

/** Of a list: undefined is what is still to be done, taken or not. */
export type ListedState = (typeof listedStates)[number] | undefined;

/** Longer ones are no names, and are kept in a row. */
const LONGEST_NAME = 256;

/** What is wrong with the name of a person or a result, where one is given. */
export function whyNoName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (name.trim() === '') return 'is empty; give a name';
  if (name.length > LONGEST_NAME) return `has more than ${String(LONGEST_NAME)} characters; make it shorter`;
  return isPlainText(name) ? undefined : 'has a control character in it; take it out';
}

export type TaskAnswer =
  | { readonly kind: 'well'; readonly task: TaskRow }
  | { readonly kind: 'not_found' }
  /** Nobody needs it any more, it is somebody else's, or something else has come of it. */
  | { readonly kind: 'conflict'; readonly message: string }
  | { readonly kind: 'wrong_result'; readonly message: string }
  /** The event could not be decided, and lies in the dead letters. */
  | { readonly kind: 'dead'; readonly reason: string };

/** What the desk needs of the intake: the event is decided on the path of all others, after the commit of those before. */
export interface TaskIntake {
  decide(events: readonly IncomingEvent[]): Promise<readonly EventOutcome[]>;
}

/** What people do with the tasks that journeys open for them. */
export class TaskDesk {
  constructor(
    private readonly database: Connection,
    private readonly intake: TaskIntake,
  ) {}

  /** The most urgent first; of those that are done the last. */
  list(assignTo: string | undefined, state: ListedState, limit: number): Promise<readonly TaskRow[]> {
    const whose = assignTo ?? null;
    if (state === 'done') return this.database.run(doneTasks, [whose, limit]);
    return this.database.run(openTasks, [whose, state === undefined ? null : state === 'taken', limit]);
  }

  /** The first who takes it has it; asking again changes nothing. */
  async take(id: string, by: string): Promise<TaskAnswer> {
    if (!isPlainText(id)) return { kind: 'not_found' };
    await this.database.run(takeTask, [id, by]);
    const task = await this.find(id);
    if (task === undefined) return { kind: 'not_found' };
    const closed = whyClosed(task);
    if (closed !== undefined) return { kind: 'conflict', message: closed };
    if (task.taken_by === by) return { kind: 'well', task };
    return { kind: 'conflict', message: `has been taken by ${String(task.taken_by)}` };
  }

  /** What came of it becomes an event like any other, so that the journey that waits for it goes on. The first word counts. */
  async done(id: string, result: string, by: string | undefined): Promise<TaskAnswer> {
    const task = await this.find(id);
    if (task === undefined) return { kind: 'not_found' };
    const message = whyNoResult(result, task);
    if (message !== undefined) return { kind: 'wrong_result', message };
    if (stateOf(task) === 'done' || stateOf(task) === 'withdrawn') return asDone(task, result);
    const [outcome] = await this.intake.decide([doneEvent(task, result, by)]);
    if (outcome?.kind === 'dead') return { kind: 'dead', reason: outcome.reason };
    // Somebody else may have been faster, or the journey has taken it back meanwhile.
    return asDone((await this.find(id)) ?? task, result);
  }

  private async find(id: string): Promise<TaskRow | undefined> {
    if (!isPlainText(id)) return undefined;
    const [task] = await this.database.run(findTask, [id]);
    return task;
  }
}

export function stateOf({ done_at, closed_at, taken_by }: TaskRow): TaskState {
  if (done_at !== null) return 'done';
  if (closed_at !== null) return 'withdrawn';
  return taken_by === null ? 'open' : 'taken';
}

function whyClosed(task: TaskRow): string | undefined {
  switch (stateOf(task)) {
    case 'done':
      return `is done already: ${String(task.result)}`;
    case 'withdrawn':
      return 'has been withdrawn: its journey does not need it any more';
    case 'open':
    case 'taken':
      return undefined;
  }
}

function whyNoResult(result: string, { results }: TaskRow): string | undefined {
  if (results.length === 0 || results.includes(result)) return undefined;
  const remedy = didYouMean(result, results) || `; expected one of ${results.join(', ')}`;
  return `"${result}" is no result of this task${remedy}`;
}

function asDone(task: TaskRow, result: string): TaskAnswer {
  if (task.done_at !== null && task.result === result) return { kind: 'well', task };
  return { kind: 'conflict', message: whyClosed(task) ?? 'was not closed by this; send it again' };
}

/** One a task: whatever is said later is the same event, and changes nothing. */
function doneEvent({ id, customer_id }: TaskRow, result: string, by: string | undefined): IncomingEvent {
  return {
    id: `/v1/tasks/${id}/done`,
    source: '/v1/tasks',
    type: 'task.done',
    customer: customer_id,
    time: undefined,
    data: { task_id: id, result, ...(by === undefined ? {} : { by }) },
  };
}
