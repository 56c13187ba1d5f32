import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A customer's events of one type on one UTC day. */
@Entity({ name: 'event_day' })
export class EventDayEntity {
  @PrimaryColumn({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @PrimaryColumn({ type: 'text' })
  type!: string;

  @PrimaryColumn({ type: 'date' })
  day!: string;

  @Column({ type: 'integer' })
  count!: number;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn })
  newest!: Instant;

  @Column({ type: 'jsonb', nullable: true })
  sums!: JsonObject | null;
}
