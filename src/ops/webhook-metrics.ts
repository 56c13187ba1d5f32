import type { CallObserver } from '../webhooks/webhook-caller.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';

/** Counts and logs calls of web hooks. What was answered may be personal and stays out of the log. */
export function webhookMetrics(metrics: Metrics, log: Logger): CallObserver {
  return {
    called: ({ id, journey }, { state, status, reason }, seconds) => {
      metrics.webhookCall(journey, state);
      metrics.sendTook('webhook', 'step', seconds);
      if (state === 'failed') log.warn({ call: id, journey, status, reason }, 'a web hook was called in vain');
    },
    trouble: (what, error) => {
      log.error({ what, err: error }, 'will be tried again');
    },
  };
}
