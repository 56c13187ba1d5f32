import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event type whose day rows are kept. */
@Entity({ name: 'rolled_type' })
export class RolledTypeEntity {
  @PrimaryColumn({ type: 'text' })
  type!: string;

  /** The fields whose sums are kept: dotted paths in the data. */
  @Column({ type: 'text', array: true, default: () => "'{}'" })
  fields!: string[];

  /** Whether the day rows have every event; until then questions are answered from the events. */
  @Column({ type: 'boolean', default: false })
  filled!: boolean;

  /** The last customer, in the order of ids, whose earlier events are in. */
  @Column({ name: 'filled_through', type: 'text', default: '' })
  filledThrough!: string;
}
