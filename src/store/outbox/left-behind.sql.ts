import { statement } from '../connection.js';

export interface LeftBehindRow {
  readonly count: number;
}

/** $1 milliseconds since 1970. Messages that a process took in hand before then and whose fate is not known. */
export const leftBehind = statement<LeftBehindRow>(
  'outbox_left_behind',
  `select count(*)::int as count from message
  where state in ('sending', 'in_doubt') and attempted_at < to_timestamp($1::float8 / 1000)`,
);
