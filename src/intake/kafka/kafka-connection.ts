import kafkajs, { type Kafka, type LogEntry, type SASLOptions } from 'kafkajs';
import type { KafkaLogLevel, KafkaObserver } from './kafka-observer.js';

/** Where the brokers are and how to log in. */
export interface KafkaConnection {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly ssl: boolean;
  readonly sasl?: KafkaLogin | undefined;
}

export interface KafkaLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** The one place where a kafkajs client is made. Short retries: the intake itself starts over, and says so in its health. */
export function kafkaClient(connection: KafkaConnection, log: KafkaObserver['log']): Kafka {
  const { brokers, ssl, sasl } = connection;
  return new kafkajs.Kafka({
    clientId: 'peyk',
    brokers: [...brokers],
    ssl,
    ...(sasl === undefined ? {} : { sasl: login(sasl) }),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4 },
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => (entry) => {
      log(levelOf(entry), `kafkajs: ${entry.log.message}`, detailsOf(entry));
    },
  });
}

function login({ mechanism, username, password }: KafkaLogin): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}

/** kafkajs calls what it mends by itself an error; what it cannot mend comes to us as a crash, and is told as such. */
function levelOf({ level }: LogEntry): KafkaLogLevel {
  return level <= kafkajs.logLevel.WARN ? 'warn' : 'debug';
}

function detailsOf({ namespace, log }: LogEntry): Record<string, unknown> {
  const { topic, partition, error, broker } = log as Readonly<Record<string, unknown>>;
  return { namespace, topic, partition, broker, error: error instanceof Error ? error.message : error };
}
