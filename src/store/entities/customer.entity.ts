import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A customer as we know them now; locked while decisions are taken. */
@Entity({ name: 'customer' })
export class CustomerEntity {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  /** Numbers this customer's decisions: events and timers, in the order decided. */
  @Column({ type: 'integer', default: 0 })
  seq!: number;

  /** The instant of the last decision; the next is never earlier, whatever the clocks say. */
  @Column({ name: 'decided_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  decidedAt!: Instant;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  createdAt!: Instant;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  attributes!: JsonObject;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  consent!: JsonObject;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  closed!: JsonObject;

  /** Whose second name this id is; null: it is somebody's own. */
  @Column({ name: 'merged_into', type: 'text', nullable: true })
  mergedInto!: string | null;
}
