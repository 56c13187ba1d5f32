import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A code by which a messenger's chat says whose it is. */
@Entity({ name: 'chat_link' })
export class ChatLinkEntity {
  @PrimaryColumn({ type: 'text' })
  code!: string;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'text' })
  channel!: string;

  @Column({
    name: 'created_at',
    type: 'timestamptz',
    precision: 3,
    transformer: instantColumn,
    default: () => 'clock_timestamp()',
  })
  createdAt!: Instant;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  expiresAt!: Instant;

  /** The chat that has followed it. */
  @Column({ type: 'text', nullable: true })
  chat!: string | null;

  @Column({ name: 'used_at', type: 'timestamptz', precision: 3, transformer: instantColumn, nullable: true })
  usedAt!: Instant | null;
}
