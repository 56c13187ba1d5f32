import type { Effect, TaskOpened } from '../domain/journey/decision.js';
import type { Instant } from '../domain/time/instant.js';

/** A task that decisions have opened, and whether one of them took it back. */
export interface ExpectedTask {
  readonly task: TaskOpened;
  readonly at: Instant;
  readonly isClosed: boolean;
}

/** Notes what one moment's decisions did about tasks. */
export function expectTasks(tasks: Map<string, ExpectedTask>, effects: readonly Effect[], at: Instant): void {
  for (const effect of effects) {
    if (effect.kind === 'task_opened') tasks.set(effect.id, { task: effect, at, isClosed: false });
    const closed = effect.kind === 'task_closed' ? tasks.get(effect.id) : undefined;
    if (closed !== undefined) tasks.set(closed.task.id, { ...closed, isClosed: true });
  }
}
