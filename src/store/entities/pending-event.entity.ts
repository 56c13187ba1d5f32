import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** An event that the engine made itself, to be decided after the commit. */
@Entity({ name: 'pending_event' })
export class PendingEventEntity {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS', insert: false, update: false })
  no!: number;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  time!: Instant;

  @Column({ type: 'jsonb' })
  data!: JsonObject;

  /** How far it is from what came from outside, where a journey emitted it. */
  @Column({ type: 'smallint', default: 0 })
  chain!: number;
}
