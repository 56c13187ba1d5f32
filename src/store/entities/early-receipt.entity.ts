import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A receipt that came before the outcome of its own send was written; tried again for an hour. */
@Entity({ name: 'early_receipt' })
export class EarlyReceiptEntity {
  @PrimaryColumn({ type: 'text' })
  provider!: string;

  @PrimaryColumn({ name: 'provider_id', type: 'text' })
  providerId!: string;

  @PrimaryColumn({ type: 'text' })
  status!: string;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn, default: () => 'clock_timestamp()' })
  at!: Instant;

  @Column({
    name: 'try_at',
    type: 'timestamptz',
    precision: 3,
    transformer: instantColumn,
    default: () => 'clock_timestamp()',
  })
  tryAt!: Instant;
}
