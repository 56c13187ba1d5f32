import { pauseText } from '../domain/pause.js';
import { printInstant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import type { PauseRow } from '../store/pausing/pause-row.js';
import { readPauses } from '../store/pausing/read-pauses.sql.js';
import type { HealthCheck, HealthResult } from './health.js';
import type { Metrics } from './metrics.js';

/** Whether anything is paused, as a warning: nothing is wrong, and somebody should know. */
export function pauseHealth(database: Connection): HealthCheck {
  return {
    name: 'pauses',
    async check(): Promise<HealthResult> {
      // That the database does not answer is told of by its own check.
      const pauses = await database.run(readPauses).catch(() => undefined);
      if (pauses === undefined) return { status: 'warning', detail: 'not known: the database does not answer' };
      if (pauses.length === 0) return { status: 'ok', detail: 'nothing is paused' };
      return { status: 'warning', detail: pauses.map(sentence).join('; ') };
    },
  };
}

function sentence(pause: PauseRow): string {
  const { since, reason } = pause;
  return `${pauseText(pause)} is paused since ${printInstant(since)} (${reason}): \`npx peyk resume ${optionOf(pause)}\``;
}

function optionOf({ kind, name }: PauseRow): string {
  return kind === 'all' ? '--all' : `--${kind} ${name}`;
}

/** Reads when somebody asks for metrics which journeys are paused, those included whose file is gone. */
export function pauseGauge(metrics: Metrics, database: Connection, journeys: readonly string[]): () => Promise<void> {
  return async () => {
    const pauses = await database.run(readPauses);
    const paused = pauses.filter(({ kind }) => kind === 'journey').map(({ name }) => [name, 1] as const);
    metrics.journeysPaused(Object.fromEntries([...journeys.map((name) => [name, 0] as const), ...paused]));
  };
}
