import { statement } from '../connection.js';

export interface OffsetRow {
  readonly topic: string;
  readonly partition: number;
  /** A bigint in decimal digits. */
  readonly next: string;
}

/** $1 group, $2 topics, $3 partitions (pairwise). */
export const readOffsets = statement<OffsetRow>(
  'read-offsets',
  `select topic, partition, next::text as next
     from kafka_offset join unnest($2::text[], $3::int[]) as wanted (topic, partition) using (topic, partition)
    where consumer_group = $1`,
);
