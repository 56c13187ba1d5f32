import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** What was said of a customer, append-only: what was known at any instant can be told later. */
@Entity({ name: 'customer_change' })
export class CustomerChangeEntity {
  @PrimaryColumn({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  at!: Instant;

  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS', insert: false, update: false })
  no!: number;

  /** The customer's decision number then. */
  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'jsonb' })
  patch!: JsonObject;
}
