import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** A short link of a message, under the code that stands in it. */
@Entity({ name: 'link' })
export class LinkEntity {
  @PrimaryColumn({ type: 'text' })
  code!: string;

  /** Null: where the customer says that they want no more. */
  @Column({ type: 'text', nullable: true })
  target!: string | null;

  @Column({ name: 'message_id', type: 'bigint' })
  messageId!: number;

  @Column({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @Column({ type: 'text' })
  journey!: string;

  @Column({ type: 'text' })
  template!: string;

  @Column({ type: 'text' })
  purpose!: string;

  @Column({ type: 'text' })
  channel!: string;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  createdAt!: Instant;

  /** Old enough, and its customer was inside the journey: looked at again at that time, as the number of a message. */
  @Column({ name: 'look_again', type: 'bigint', nullable: true })
  lookAgain!: number | null;
}
