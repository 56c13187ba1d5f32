import { statement } from '../connection.js';

/** $1 what, $2 in how many milliseconds again, $3 up to where it is known now, in milliseconds since 1970 (null: as before). */
export const endTurn = statement(
  'end-turn',
  `update provider_poll set next_at = clock_timestamp() + $2::integer * interval '1 millisecond',
     until = greatest(until, to_timestamp($3::float8 / 1000))
   where name = $1`,
);
