import type { Health } from '../ops/health.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';

/** Whom the parts of a process tell how they are. */
export interface Ops {
  readonly metrics: Metrics;
  readonly health: Health;
  readonly log: Logger;
}
