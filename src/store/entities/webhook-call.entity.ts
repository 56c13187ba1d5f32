import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A call of a web hook that a journey has asked for. */
@Entity({ name: 'webhook_call' })
export class WebhookCallEntity {
  /** What the receiver knows the call by, however often it is made. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'text' })
  journey!: string;

  @Column({ type: 'text', nullable: true })
  key!: string | null;

  /** The customer's decision number at which the enrolment began that asked for it. */
  @Column({ type: 'integer' })
  enrolment!: number;

  @Column({ type: 'text' })
  step!: string;

  @Column({ type: 'text' })
  url!: string;

  @Column({ type: 'text' })
  method!: string;

  @Column({ type: 'jsonb', nullable: true })
  body!: Json;

  @Column({ name: 'time_out_ms', type: 'integer' })
  timeOutMs!: number;

  /** Whether the enrolment waits for the answer. */
  @Column({ type: 'boolean' })
  awaited!: boolean;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  createdAt!: Instant;

  @Column({ type: 'text', default: 'queued' })
  state!: 'queued' | 'calling' | 'retrying' | 'done' | 'failed' | 'withdrawn';

  @Column({ type: 'smallint', default: 0 })
  attempts!: number;

  @Column({
    name: 'next_at',
    type: 'timestamptz',
    precision: 3,
    default: () => 'clock_timestamp()',
    transformer: instantColumn,
  })
  nextAt!: Instant;

  @Column({ type: 'uuid', nullable: true })
  lease!: string | null;

  @Column({ name: 'lease_until', type: 'timestamptz', precision: 3, nullable: true, transformer: instantColumn })
  leaseUntil!: Instant | null;

  /** When its enrolment was left. */
  @Column({ name: 'withdrawn_at', type: 'timestamptz', precision: 3, nullable: true, transformer: instantColumn })
  withdrawnAt!: Instant | null;

  /** What came of the last attempt; 0 where nobody answered. */
  @Column({ type: 'smallint', nullable: true })
  status!: number | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'settled_at', type: 'timestamptz', precision: 3, nullable: true, transformer: instantColumn })
  settledAt!: Instant | null;
}
