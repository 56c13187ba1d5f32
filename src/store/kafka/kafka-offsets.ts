import type { OffsetMove } from '../../intake/intake.js';
import type { Connection } from '../connection.js';
import { countMissed } from './count-missed.sql.js';
import { ensureOffset } from './ensure-offset.sql.js';
import { readOffsets } from './read-offsets.sql.js';

/** The next offset to read of a partition. */
export interface PartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly next: bigint;
}

/** Table `kafka_offset`: the truth about what of each partition has been decided. */
export class KafkaOffsets {
  constructor(private readonly connection: Connection) {}

  /** Where each partition stands; one that was never read starts at the `next` given and keeps that from now on. */
  async open(group: string, starts: readonly PartitionOffset[]): Promise<PartitionOffset[]> {
    const topics = starts.map(({ topic }) => topic);
    const partitions = starts.map(({ partition }) => partition);
    const nexts = starts.map(({ next }) => String(next));
    await this.connection.run(ensureOffset, [group, topics, partitions, nexts]);
    const rows = await this.connection.run(readOffsets, [group, topics, partitions]);
    return rows.map(({ topic, partition, next }) => ({ topic, partition, next: BigInt(next) }));
  }

  /** Goes on at `move.to` without deciding what lies between; false: the row is no longer at `move.from`. */
  async jump({ group, topic, partition, from, to }: OffsetMove, missed: bigint): Promise<boolean> {
    const values = [group, topic, partition, String(from), String(to), String(missed)];
    return (await this.connection.run(countMissed, values)).length > 0;
  }
}
