import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** What a provider had taken before the message went on to its next channel: its receipts may still come. */
@Entity({ name: 'past_attempt' })
export class PastAttemptEntity {
  @PrimaryColumn({ type: 'text' })
  provider!: string;

  @PrimaryColumn({ name: 'provider_id', type: 'text' })
  providerId!: string;

  @Column({ name: 'message_id', type: 'bigint' })
  messageId!: number;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'text' })
  channel!: string;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn, default: () => 'clock_timestamp()' })
  at!: Instant;
}
