import type { KafkaObserver } from '../intake/kafka/kafka-observer.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';

/** Lag and logs of the Kafka intake; events themselves are counted by the engine that decides them. */
export function kafkaMetrics(metrics: Metrics, log: Logger): KafkaObserver {
  return {
    decided: () => undefined,
    lag: (topic, partition, messages) => {
      if (messages === undefined) metrics.forgetKafkaLag(topic, partition);
      else metrics.kafkaLag(topic, partition, messages);
    },
    missed: (topic, partition, messages) => {
      log.error({ topic, partition, messages: String(messages) }, 'the broker deleted messages before they were read');
    },
    log: (level, message, fields) => {
      log[level]({ ...fields }, message);
    },
  };
}
