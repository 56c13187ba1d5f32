import { SqlMigration } from '../src/store/sql-migration.js';

/** What journeys do besides sending: tasks for people, and events of their own. */
export class TasksAndEmits0002 extends SqlMigration {
  protected readonly file = '0002-tasks-and-emits';
}
