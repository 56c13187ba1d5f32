import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A set of files that was loaded once, by content. */
@Entity({ name: 'bundle' })
export class BundleEntity {
  @PrimaryColumn({ type: 'integer', generated: 'identity', generatedIdentity: 'ALWAYS', insert: false, update: false })
  no!: number;

  @Column({ type: 'text', unique: true })
  hash!: string;

  @Column({ type: 'jsonb' })
  files!: JsonObject;

  @Column({
    name: 'loaded_at',
    type: 'timestamptz',
    precision: 3,
    transformer: instantColumn,
    default: () => 'clock_timestamp()',
  })
  loadedAt!: Instant;
}
