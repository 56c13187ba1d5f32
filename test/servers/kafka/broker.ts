/** A running broker. `kill` is for tests that take it away; `restart` brings it back on the same port with its data. */
export interface KafkaBroker {
  readonly brokers: string;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  restart(): Promise<void>;
}

/** Why there is none, in a sentence. */
export interface NoKafka {
  readonly unavailable: string;
}

export interface KafkaOptions {
  /** The port to listen on; a free one if not given. */
  readonly port?: number;
  /** A broker of one's own, also where PEYK_KAFKA_BROKERS names one: for tests that kill it. */
  readonly own?: boolean;
}
