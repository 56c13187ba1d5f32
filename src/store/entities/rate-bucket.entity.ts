import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A token bucket; all senders share it. */
@Entity({ name: 'rate_bucket' })
export class RateBucketEntity {
  @PrimaryColumn({ type: 'text' })
  name!: string;

  @Column({ type: 'double precision' })
  tokens!: number;

  @Column({ name: 'refilled_at', type: 'timestamptz', transformer: instantColumn })
  refilledAt!: Instant;
}
