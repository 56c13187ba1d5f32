import type { Metrics } from '../ops/metrics.js';
import type { CountHeard } from './way-back.js';

/** Counts what was told, whoever decided it. */
export function heard(metrics: Metrics): CountHeard {
  return (channel, kind, result, number) => {
    metrics.hooks(channel, kind, result, number);
  };
}

/** Events that came by HTTP are counted where they are answered. */
export function heardByHttp(metrics: Metrics): CountHeard {
  const count = heard(metrics);
  return (channel, kind, result, number) => {
    count(channel, kind, result, number);
    if (result === 'accepted' || result === 'duplicate' || result === 'dead') metrics.events('http', result, number);
  };
}
