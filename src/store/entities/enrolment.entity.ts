import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A customer in a journey. */
@Entity({ name: 'enrolment' })
export class EnrolmentEntity {
  @PrimaryColumn({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @PrimaryColumn({ type: 'text' })
  journey!: string;

  /** The customer's decision number at which it started. */
  @PrimaryColumn({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text', nullable: true })
  key!: string | null;

  @Column({ type: 'text' })
  version!: string;

  @Column({ type: 'text' })
  status!: string;

  @Column({ type: 'text', nullable: true })
  step!: string | null;

  @Column({ name: 'started_by', type: 'text' })
  startedBy!: string;

  @Column({ name: 'entered_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  enteredAt!: Instant;

  @Column({ name: 'ended_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  endedAt!: Instant | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** When a timer of it falls due; null for none. */
  @Column({ name: 'wake_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  wakeAt!: Instant | null;

  /** When it fell due, once it has been put aside because its journey is paused: then there is no wakeAt. */
  @Column({ name: 'held_wake_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  heldWakeAt!: Instant | null;

  @Column({ type: 'jsonb' })
  state!: JsonObject;

  /** The last decision on it: when, with which files, on what. */
  @Column({ name: 'decided_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  decidedAt!: Instant;

  @Column({ type: 'integer' })
  bundle!: number;

  @Column({ type: 'text' })
  stimulus!: string;

  /** When its timers were decided, or a changed file: decision number, instant, bundle; null where one was parked. */
  @Column({ type: 'jsonb', default: [] })
  timers!: readonly (readonly [seq: number, at: Instant, bundle: number, kind?: 'file'] | null)[];

  @Column({ type: 'smallint', default: 0 })
  failures!: number;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  /** Why its message is held at its step: quiet_hours, capped, blackout. */
  @Column({ name: 'held_by', type: 'text', nullable: true })
  heldBy!: string | null;
}
