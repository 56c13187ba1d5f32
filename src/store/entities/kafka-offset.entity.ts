import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The next message to read of a topic's partition. */
@Entity({ name: 'kafka_offset' })
export class KafkaOffsetEntity {
  @PrimaryColumn({ name: 'consumer_group', type: 'text' })
  consumerGroup!: string;

  @PrimaryColumn({ type: 'text' })
  topic!: string;

  @PrimaryColumn({ type: 'integer' })
  partition!: number;

  @Column({ type: 'bigint' })
  next!: number;

  /** Messages that retention had deleted before they were read. */
  @Column({ type: 'bigint', default: 0 })
  missed!: number;
}
