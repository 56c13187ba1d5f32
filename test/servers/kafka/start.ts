import type { KafkaBroker, KafkaOptions, NoKafka } from './broker.js';
import { startDockerBroker } from './docker-broker.js';
import { startJavaBroker } from './java-broker.js';

/** A real broker: the one in PEYK_KAFKA_BROKERS, else one from the Apache Kafka jars, else Docker's. Never throws. */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaBroker | NoKafka> {
  const given = process.env['PEYK_KAFKA_BROKERS'];
  if (given !== undefined && given !== '' && options.own !== true) return givenBroker(given);
  const reasons: string[] = [];
  for (const start of [startJavaBroker, startDockerBroker]) {
    try {
      return await start(options);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    unavailable: `no Kafka broker: set PEYK_KAFKA_BROKERS, or install Java 17 and Maven (${reasons.join('; ')})`,
  };
}

function givenBroker(brokers: string): KafkaBroker {
  const notOurs = (): Promise<void> =>
    Promise.reject(new Error('the broker in PEYK_KAFKA_BROKERS is not ours to stop'));
  return { brokers, stop: () => Promise.resolve(), kill: notOurs, restart: notOurs };
}
