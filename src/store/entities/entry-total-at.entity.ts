import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** How many had entered a journey by then. */
@Entity({ name: 'entry_total_at' })
export class EntryTotalAtEntity {
  @PrimaryColumn({ type: 'text' })
  journey!: string;

  @PrimaryColumn({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  at!: Instant;

  @Column({ type: 'bigint' })
  total!: number;
}
