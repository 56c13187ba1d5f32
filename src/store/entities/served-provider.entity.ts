import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A channel's provider that some sender has, or had. */
@Entity({ name: 'served_provider' })
export class ServedProviderEntity {
  @PrimaryColumn({ type: 'text' })
  channel!: string;

  @PrimaryColumn({ type: 'text' })
  provider!: string;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  until!: Instant;
}
