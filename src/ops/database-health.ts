import type { Connection } from '../store/connection.js';
import { ping } from '../store/reading/ping.sql.js';
import type { HealthCheck } from './health.js';

export function databaseHealth(database: Connection): HealthCheck {
  return {
    name: 'database',
    async check() {
      try {
        await database.run(ping);
        return { status: 'ok', detail: 'answers' };
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
