import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** Whose a reply was found to be: told again, it is still theirs. */
@Entity({ name: 'heard_reply' })
export class HeardReplyEntity {
  @PrimaryColumn({ type: 'text' })
  provider!: string;

  /** The provider's. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn, default: () => 'clock_timestamp()' })
  at!: Instant;
}
