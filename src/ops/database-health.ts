import type { Connection, Database } from '../store/connection.js';
import { ping } from '../store/reading/ping.sql.js';
import type { HealthCheck } from './health.js';

export function databaseHealth(database: Connection & Pick<Database, 'unwritable'>): HealthCheck {
  return {
    name: 'database',
    async check() {
      try {
        await database.run(ping);
        const full = database.unwritable?.();
        if (full === undefined) return { status: 'ok', detail: 'answers' };
        return { status: 'wrong', detail: `answers, and could not write: ${full}; make room on PostgreSQL's disk` };
      } catch (error) {
        const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
        return {
          status: 'wrong',
          detail: `does not answer: ${reason}; see that PostgreSQL runs and PEYK_DATABASE_URL is right`,
        };
      }
    },
  };
}
