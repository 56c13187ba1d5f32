import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../domain/time/instant.js';
import { instantColumn } from './instant-column.js';

/** Something that a journey asks a person to do; open until it is done or taken back. */
@Entity({ name: 'task' })
export class TaskEntity {
  @PrimaryColumn({ name: 'customer_id', type: 'text' })
  customerId!: string;

  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  journey!: string;

  @Column({ type: 'text', nullable: true })
  key!: string | null;

  /** The customer's decision number at which the enrolment began that opened it. */
  @Column({ type: 'integer' })
  enrolment!: number;

  @Column({ type: 'text' })
  step!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ name: 'assign_to', type: 'text', nullable: true })
  assignTo!: string | null;

  /** What may come of it; empty: anything. */
  @Column({ type: 'jsonb', default: () => "'[]'" })
  results!: string[];

  @Column({ type: 'timestamptz', precision: 3, nullable: true, transformer: instantColumn })
  due!: Instant | null;

  @Column({ name: 'opened_at', type: 'timestamptz', precision: 3, transformer: instantColumn })
  openedAt!: Instant;

  @Column({ name: 'done_at', type: 'timestamptz', precision: 3, nullable: true, transformer: instantColumn })
  doneAt!: Instant | null;

  /** What came of it. */
  @Column({ type: 'text', nullable: true })
  result!: string | null;

  /** When nobody needed to do it any more. */
  @Column({ name: 'closed_at', type: 'timestamptz', precision: 3, nullable: true, transformer: instantColumn })
  closedAt!: Instant | null;

  /** Who has taken it on. */
  @Column({ name: 'taken_by', type: 'text', nullable: true })
  takenBy!: string | null;

  @Column({ name: 'taken_at', type: 'timestamptz', precision: 3, nullable: true, transformer: instantColumn })
  takenAt!: Instant | null;
}
