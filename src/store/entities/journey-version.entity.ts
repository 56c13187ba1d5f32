import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A version of a journey that was loaded once. */
@Entity({ name: 'journey_version' })
export class JourneyVersionEntity {
  @PrimaryColumn({ type: 'text' })
  journey!: string;

  @PrimaryColumn({ type: 'text' })
  version!: string;

  @Column({ type: 'text' })
  source!: string;

  @Column({
    name: 'loaded_at',
    type: 'timestamptz',
    precision: 3,
    transformer: instantColumn,
    default: () => 'clock_timestamp()',
  })
  loadedAt!: Instant;
}
