import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** An event, once, with the number of its decision. */
@Entity({ name: 'event' })
export class EventEntity {
  @PrimaryColumn({ name: 'customer_id', type: 'text' })
  customerId!: string;

  /** The first 16 bytes of SHA-256 over source, NUL and id: what makes an event the same one. */
  @PrimaryColumn({ type: 'uuid' })
  hash!: string;

  @Column({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  time!: Instant;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  arrival!: Instant;

  @Column({ type: 'integer' })
  bundle!: number;

  @Column({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'jsonb' })
  data!: JsonObject;
}
