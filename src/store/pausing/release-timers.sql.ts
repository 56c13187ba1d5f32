import { statement } from '../connection.js';

/** $1 how many at most. Timers whose journey is not paused any more are due again, since when they were. */
export const releaseTimers = statement<{ readonly released: number }>(
  'release-timers',
  `with released as (
    update enrolment set wake_at = held_wake_at, held_wake_at = null
    where ctid = any (array(
      select enrolment.ctid
      from no_longer_held_timers($1::integer) first join enrolment using (customer_id, journey, seq)
      where held_wake_at is not null
      for update of enrolment skip locked
    ))
    returning 1
  )
  select count(*)::int as released from released`,
);
