import type { SenderObserver } from '../outbox/ports.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';

/** Counts and logs what the sender does. */
export function senderMetrics(metrics: Metrics, log: Logger): SenderObserver {
  return {
    sent: ({ channel, provider }, _result, seconds) => {
      metrics.sendTook(channel, provider, seconds);
    },
    settled: ({ id, channel, purpose }, settlement) => {
      metrics.messages(channel, purpose, settlement.kind);
      if (settlement.kind === 'failed') log.warn({ message: id, channel, reason: settlement.reason }, 'message failed');
    },
    inDoubt: (channel, provider, count) => {
      metrics.inDoubt(channel, provider, count);
      log.warn({ channel, provider, count }, 'messages in doubt: the provider will be asked');
    },
    rateWait: (channel, provider, seconds) => {
      metrics.rateLimitWait(channel, provider, seconds);
    },
    lostLease: (count) => {
      log.warn({ count }, 'outcomes came after their lease was lost');
    },
    channelDown: (channel, provider, reason) => {
      log.error({ channel, provider, reason }, 'channel is down: its messages are held');
    },
    channelUp: (channel, provider) => {
      log.info({ channel, provider }, 'channel is up again');
    },
    trouble: (what, error) => {
      log.error({ what, err: error }, 'will be tried again');
    },
  };
}
