import { Topics } from '../integration/kafka/topics.js';
import type { KafkaBroker } from '../servers/kafka/broker.js';
import { startKafka } from '../servers/kafka/start.js';
import { TorturedPostgres } from './postgres.js';

/** The servers that outlive a round: a database and a broker of the torture's own, because it kills them. */
export interface Servers {
  readonly postgres: TorturedPostgres;
  readonly broker: KafkaBroker;
  readonly topics: Topics;
  stop(): Promise<void>;
}

/** Throws with the reason where there can be no broker. */
export async function startServers(): Promise<Servers> {
  const broker = await startKafka({ own: true });
  if ('unavailable' in broker) throw new Error(broker.unavailable);
  const postgres = await TorturedPostgres.start();
  const topics = await Topics.connect(broker.brokers);
  const stop = async (): Promise<void> => {
    await topics.close();
    await postgres.stop();
    await broker.stop();
  };
  return { postgres, broker, topics, stop };
}
