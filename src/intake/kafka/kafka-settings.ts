import type { KafkaConnection } from './kafka-connection.js';

/** What is read, and by which group. */
export interface KafkaIntakeSettings extends KafkaConnection {
  readonly topics: readonly string[];
  readonly group: string;
  readonly tuning?: Partial<KafkaTuning> | undefined;
}

export interface KafkaTuning {
  /** Messages handed to the engine at once. */
  readonly subBatch: number;
  /** Bounds what is in memory: a fetch of one partition, and of all of them. A larger message still comes, alone. */
  readonly bytesPerPartition: number;
  readonly bytesPerFetch: number;
  readonly maxWaitMs: number;
  /** How long a member that died keeps its partitions; a batch may take longer, heartbeats go on meanwhile. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  /** How soon a new partition is seen. */
  readonly metadataMaxAgeMs: number;
  /** The pause after a failure; doubles up to the longest. */
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  /** After so long without a word from kafkajs it is started anew. */
  readonly silenceMs: number;
  /** `stop()` returns after this, also when the batch in hand is stuck. */
  readonly stopWithinMs: number;
}

export const defaultTuning: KafkaTuning = {
  subBatch: 1_000,
  bytesPerPartition: 1_048_576,
  bytesPerFetch: 4_194_304,
  maxWaitMs: 500,
  sessionTimeoutMs: 15_000,
  heartbeatMs: 3_000,
  metadataMaxAgeMs: 30_000,
  firstBackoffMs: 200,
  longestBackoffMs: 10_000,
  silenceMs: 120_000,
  stopWithinMs: 10_000,
};
