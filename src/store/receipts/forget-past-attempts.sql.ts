import { statement } from '../connection.js';

/** Forgets what providers had taken so long ago that no receipt comes any more: $1 older than so many days, $2 at most so many. */
export const forgetPastAttempts = statement<{ readonly provider_id: string }>(
  'forget-past-attempts',
  `delete from past_attempt where ctid = any (array(
     select ctid from past_attempt where at < clock_timestamp() - $1::integer * interval '1 day'
     order by at limit $2::integer))
   returning provider_id`,
);
