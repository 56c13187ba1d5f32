import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json, JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A message from queued to settled. */
@Entity({ name: 'message' })
export class MessageEntity {
  /** Milliseconds since 2026-01-01T00:00:00Z × 4096 + counter: time-ordered, below 2^53, the provider's idempotency key. */
  @PrimaryColumn({ type: 'bigint' })
  id!: number;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'text' })
  journey!: string;

  @Column({ type: 'integer' })
  enrolment!: number;

  @Column({ type: 'text', nullable: true })
  key!: string | null;

  @Column({ type: 'text' })
  step!: string;

  @Column({ type: 'text' })
  template!: string;

  @Column({ type: 'text' })
  purpose!: string;

  /** Purpose, then the journey's priority: the lower leaves first. */
  @Column({ type: 'smallint' })
  rank!: number;

  @Column({ type: 'text' })
  channel!: string;

  @Column({ type: 'text' })
  address!: string;

  /** sms: {text, parts}; email: {context, zone, calendar, now}: rendered by the sender from the bundle's template. */
  @Column({ type: 'jsonb' })
  content!: JsonObject;

  /** The channels to try next on a permanent failure, each with its address and content. */
  @Column({ type: 'jsonb', default: () => "'[]'" })
  fallbacks!: Json;

  @Column({ type: 'integer' })
  bundle!: number;

  @Column({ type: 'text', default: 'queued' })
  state!: string;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  createdAt!: Instant;

  /** Past this instant it may not leave; it goes back to the engine and is decided again. Null: 24 hours of retries on each channel. */
  @Column({ name: 'leave_by', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  leaveBy!: Instant | null;

  /** While retrying: when next. While in_doubt: when to ask. */
  @Column({ name: 'next_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  nextAt!: Instant | null;

  /**
   * While queued: the message of this customer, purpose and channel that has to leave first. Set by a claim that met it,
   * taken off by release_followers(), so that messages which cannot leave are not looked at again and again.
   */
  @Column({ name: 'waits_for', type: 'bigint', nullable: true })
  waitsFor!: number | null;

  /** While queued: why it is kept out of the queue's index ('paused'). */
  @Column({ type: 'text', nullable: true })
  held!: string | null;

  @Column({ type: 'smallint', default: 0 })
  attempts!: number;

  @Column({ type: 'uuid', nullable: true })
  lease!: string | null;

  @Column({ name: 'lease_until', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  leaseUntil!: Instant | null;

  @Column({ name: 'attempted_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  attemptedAt!: Instant | null;

  @Column({ name: 'settled_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  settledAt!: Instant | null;

  @Column({ type: 'text', nullable: true })
  provider!: string | null;

  @Column({ name: 'provider_id', type: 'text', nullable: true })
  providerId!: string | null;

  @Column({ type: 'integer', nullable: true })
  cost!: number | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** As decisions name it: `<journey>/<enrolment>/<step>/<decision>`. Null for messages from before this column. */
  @Column({ type: 'text', nullable: true })
  ref!: string | null;

  /** Its step waits to hear what became of it (an ask, a send with `else`). */
  @Column({ type: 'boolean', default: false })
  awaited!: boolean;

  /** A question asked again: caps do not count it. */
  @Column({ type: 'boolean', default: false })
  repeats!: boolean;

  /** Later than this it is not sent at all; `leave_by` is the earlier of it and of the next quiet hours or blackout. */
  @Column({ name: 'not_after', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  notAfter!: Instant | null;

  /** How long a receipt is waited for before the next channel is tried. */
  @Column({ name: 'fallback_ms', type: 'bigint', nullable: true })
  fallbackMs!: number | null;

  /** A provider has taken it before it went on to its next channel. */
  @Column({ type: 'boolean', default: false })
  accepted!: boolean;

  /** Until when, since a provider took it. */
  @Column({ name: 'fallback_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  fallbackAt!: Instant | null;

  /** What the provider told of it later: delivered, failed. */
  @Column({ type: 'text', nullable: true })
  receipt!: string | null;

  @Column({ name: 'receipt_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  receiptAt!: Instant | null;

  /** Where nobody can call us back: when the provider is asked about it next. */
  @Column({ name: 'ask_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  askAt!: Instant | null;

  /** The customer has closed the channel while a provider has it there: it is not tried again there. */
  @Column({ name: 'closed_here', type: 'boolean', default: false })
  closedHere!: boolean;

  /** In doubt at this provider, and sent again: by it or by nobody. */
  @Column({ name: 'only_by', type: 'text', nullable: true })
  onlyBy!: string | null;
}
