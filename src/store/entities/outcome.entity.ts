import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** An event for the topic `peyk.outcomes`. */
@Entity({ name: 'outcome' })
export class OutcomeEntity {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS', insert: false, update: false })
  no!: number;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  at!: Instant;

  @Column({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'jsonb' })
  data!: JsonObject;

  @Column({ name: 'published_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  publishedAt!: Instant | null;
}
