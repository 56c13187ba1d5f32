import { statement } from '../connection.js';

/** $1 bucket names, $2 how many tokens each gets back; the burst caps them at the next taking. */
export const giveBackTokens = statement(
  'outbox_give_back_tokens',
  `with locked as materialized (
    select name from rate_bucket where name = any ($1::text[]) order by name for update
  )
  update rate_bucket set tokens = tokens + $2::float8 from locked where rate_bucket.name = locked.name`,
);
