export type KafkaLogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What the Kafka intake tells of itself: counts, lag, logs. Nothing here may throw. */
export interface KafkaObserver {
  /** What became of the messages of one committed sub-batch. `dead`: refused, or failed in the engine. */
  decided(counts: { readonly accepted: number; readonly duplicate: number; readonly dead: number }): void;
  /** Messages between the next one to decide and the end of the partition; undefined: no longer this consumer's. */
  lag(topic: string, partition: number, messages: number | undefined): void;
  /** Messages that the broker deleted before they were read. */
  missed(topic: string, partition: number, messages: bigint): void;
  log(level: KafkaLogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}
