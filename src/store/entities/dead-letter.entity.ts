import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** What came in and could not be taken, with the place and the reason. */
@Entity({ name: 'dead_letter' })
export class DeadLetterEntity {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS', insert: false, update: false })
  no!: number;

  @Column({ type: 'timestamptz', precision: 3, transformer: instantColumn, default: () => 'clock_timestamp()' })
  at!: Instant;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'text', nullable: true, unique: true })
  origin!: string | null;

  @Column({ type: 'text', nullable: true })
  topic!: string | null;

  @Column({ type: 'text', nullable: true })
  key!: string | null;

  @Column({ type: 'bytea' })
  payload!: Buffer;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  headers!: JsonObject;

  @Column({ type: 'text' })
  place!: string;

  @Column({ type: 'text' })
  reason!: string;

  /** When it was copied to `<topic>.dead`; only letters from Kafka are. */
  @Column({ name: 'published_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  publishedAt!: Instant | null;

  @Column({ name: 'replayed_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  replayedAt!: Instant | null;
}
