import { statement } from '../connection.js';

/** Forgets whose replies were that no provider tells again: $1 older than so many days, $2 at most so many. */
export const forgetReplies = statement<{ readonly id: string }>(
  'forget-replies',
  `delete from heard_reply where ctid = any (array(
     select ctid from heard_reply where at < clock_timestamp() - $1::integer * interval '1 day'
     order by at limit $2::integer))
   returning id`,
);
