import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A pause that is over. */
@Entity({ name: 'past_pause' })
export class PastPauseEntity {
  /** all, journey, channel or purpose. */
  @PrimaryColumn({ type: 'text' })
  kind!: string;

  @PrimaryColumn({ type: 'text' })
  name!: string;

  @PrimaryColumn({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  since!: Instant;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn, default: () => 'clock_timestamp()' })
  until!: Instant;
}
