import type { Config } from '../config/config.js';
import { Engine } from '../engine/engine.js';
import type { LiveJourneys } from '../engine/live-journeys.js';
import { printNotRun } from '../engine/not-run.js';
import { engineMetrics } from '../ops/engine-metrics.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import { PAUSED } from '../ops/sending-control.js';
import type { Sender } from '../outbox/sender.js';
import type { Database } from '../store/connection.js';
import type { OpenCaller } from './open-caller.js';
import type { Ops } from './ops.js';

/** On which notifications senders of other processes are woken. */
export const QUEUED = 'peyk_queued';

/** A sender of this process is woken at once; those of others by a notification, one for many commits. */
export function openEngine(
  { kafka }: Config,
  db: Database,
  live: LiveJourneys,
  sender: Sender | undefined,
  caller: OpenCaller | undefined,
  metrics: Metrics,
  log: Logger,
): Engine {
  const observer = engineMetrics(metrics, log);
  let telling: Promise<void> | undefined;
  const queued = (): void => {
    sender?.wake();
    if (sender !== undefined) return;
    telling ??= db
      .notify(QUEUED)
      .catch((error: unknown) => {
        observer.trouble('notify', error);
      })
      .finally(() => {
        telling = undefined;
      });
  };
  const paused = (): void => {
    db.notify(PAUSED).catch((error: unknown) => {
      observer.trouble('notify', error);
    });
  };
  return new Engine({
    db,
    live,
    observer,
    queued,
    paused,
    called: () => caller?.wake(),
    outcomes: kafka !== undefined,
  });
}

/** Said once in the log, and for as long as it lasts by whoever asks how things are. */
export function tellNotRun({ notRun, doubts }: LiveJourneys, { health, log }: Ops, playground = false): void {
  for (const doubt of doubts) log.warn(doubt);
  for (const [journey, missing] of notRun) {
    const detail = printNotRun(journey, missing);
    if (!playground) log.warn(detail);
    health.register({ name: `journey ${journey}`, check: () => Promise.resolve({ status: 'warning', detail }) });
  }
}
