import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** What does not leave now. */
@Entity({ name: 'pause' })
export class PauseEntity {
  /** all, journey, channel or purpose. */
  @PrimaryColumn({ type: 'text' })
  kind!: string;

  /** Empty for all. */
  @PrimaryColumn({ type: 'text' })
  name!: string;

  @Column({
    type: 'timestamptz',
    precision: 3,
    transformer: instantColumn,
    default: () => 'clock_timestamp()',
  })
  since!: Instant;

  /** Who paused it, or what. */
  @Column({ type: 'text' })
  reason!: string;
}
