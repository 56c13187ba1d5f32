import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A number on a provider's list of those who want no more. */
@Entity({ name: 'blocked_number' })
export class BlockedNumberEntity {
  @PrimaryColumn({ type: 'text' })
  provider!: string;

  @PrimaryColumn({ type: 'text' })
  number!: string;

  @Column({
    name: 'seen_at',
    type: 'timestamptz',
    precision: 3,
    transformer: instantColumn,
    default: () => 'clock_timestamp()',
  })
  seenAt!: Instant;

  /** Its customers' withdrawal is kept. */
  @Column({ type: 'boolean', default: false })
  told!: boolean;
}
