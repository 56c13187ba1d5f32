import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** What we ask of a provider that cannot call us: one process at a time. */
@Entity({ name: 'provider_poll' })
export class ProviderPollEntity {
  @PrimaryColumn({ type: 'text' })
  name!: string;

  @Column({ name: 'next_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  nextAt!: Instant;

  /** Up to where it is known. */
  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  until!: Instant | null;
}
