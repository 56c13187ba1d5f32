import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many have ever entered a journey that has `limits`. */
@Entity({ name: 'entry_total' })
export class EntryTotalEntity {
  @PrimaryColumn({ type: 'text' })
  journey!: string;

  @Column({ type: 'bigint' })
  total!: number;
}
