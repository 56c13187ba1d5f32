import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A channel whose provider wants a person's hand. */
@Entity({ name: 'channel_state' })
export class ChannelStateEntity {
  @PrimaryColumn({ type: 'text' })
  channel!: string;

  @PrimaryColumn({ type: 'text' })
  provider!: string;

  @Column({ name: 'down_since', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  downSince!: Instant | null;

  @Column({ name: 'retry_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  retryAt!: Instant | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}
