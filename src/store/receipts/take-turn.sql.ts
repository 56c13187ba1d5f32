import { statement } from '../connection.js';

export interface Turn {
  readonly now: number;
  /** Up to where it is known; null at first. */
  readonly until: number | null;
}

/**
 * No row: it is not time yet, or another process is at it. A row instead of a lock that is held, so that no transaction waits for a
 * provider: $1 what, $2 for how many milliseconds nobody else takes it, whatever becomes of us.
 */
export const takeTurn = statement<Turn>(
  'take-turn',
  `insert into provider_poll as poll (name, next_at) values ($1, clock_timestamp() + $2::integer * interval '1 millisecond')
   on conflict (name) do update set next_at = excluded.next_at where poll.next_at <= clock_timestamp()
   returning clock_timestamp() as now, until`,
);
