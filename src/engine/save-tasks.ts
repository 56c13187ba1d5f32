import type { TaskOpened } from '../domain/journey/decision.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { closeTasks } from '../store/engine/close-tasks.sql.js';
import { finishTasks } from '../store/engine/finish-tasks.sql.js';
import { insertTasks } from '../store/engine/insert-tasks.sql.js';
import type { NumberedEvent } from './batch.js';
import type { Outcome } from './save.js';

interface Opened {
  readonly customer: string;
  readonly task: TaskOpened;
  readonly now: Instant;
}

/** Opens the tasks that were decided. */
export async function openTasks(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const opened = outcomes.flatMap(({ after, now, decided }) =>
    decided.effects.flatMap((task): Opened[] =>
      task.kind === 'task_opened' ? [{ customer: after.id, task, now }] : [],
    ),
  );
  if (opened.length > 0) await tx.run(insertTasks, columnsOf(opened));
}

/**
 * Notes what was done (whoever waits for it was told by the event itself), then takes back what nobody needs to do any more:
 * a task that ends its journey by being done was done.
 */
export async function settleTasks(
  tx: Connection,
  outcomes: readonly Outcome[],
  events: readonly NumberedEvent[],
): Promise<void> {
  await noteDone(tx, events);
  const closed = outcomes.flatMap(({ after, now, decided }) =>
    decided.effects.flatMap((task) => (task.kind === 'task_closed' ? [{ customer: after.id, id: task.id, now }] : [])),
  );
  if (closed.length === 0) return;
  await tx.run(closeTasks, [
    closed.map(({ customer }) => customer),
    closed.map(({ id }) => id),
    closed.map(({ now }) => printInstant(now)),
  ]);
}

function columnsOf(opened: readonly Opened[]): readonly unknown[] {
  return [
    opened.map(({ customer }) => customer),
    opened.map(({ task }) => task.id),
    opened.map(({ task }) => task.journey),
    opened.map(({ task }) => task.key ?? null),
    opened.map(({ task }) => task.enrolment),
    opened.map(({ task }) => task.step),
    opened.map(({ task }) => task.title),
    opened.map(({ task }) => task.assignTo ?? null),
    JSON.stringify(opened.map(({ task }) => task.results)),
    opened.map(({ task }) => task.due ?? null),
    opened.map(({ now }) => now),
  ];
}

async function noteDone(tx: Connection, events: readonly NumberedEvent[]): Promise<void> {
  const done = events.flatMap(({ customer, event: { type, arrival, data } }) => {
    const { task_id: id, result } = data;
    if (type !== 'task.done' || typeof id !== 'string') return [];
    return [{ customer, id, arrival, result: typeof result === 'string' ? result : null }];
  });
  if (done.length === 0) return;
  await tx.run(finishTasks, [
    done.map(({ customer }) => customer),
    done.map(({ id }) => id),
    done.map(({ arrival }) => printInstant(arrival)),
    done.map(({ result }) => result),
  ]);
}
