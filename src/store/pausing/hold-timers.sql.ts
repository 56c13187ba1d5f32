import { statement } from '../connection.js';

/** $1 the instant of a virtual clock (else null), $2 how many at most. Puts aside what is due of journeys that are paused. */
export const holdTimers = statement<{ readonly held: number }>(
  'hold-timers',
  `with held as (
    update enrolment set held_wake_at = wake_at, wake_at = null
    where ctid = any (array(
      select ctid from enrolment
      where wake_at <= coalesce($1::timestamptz, statement_timestamp())
        and case when journey = any (array(select name from pause where kind = 'journey')) then true else false end
      order by wake_at limit $2::integer
      for update skip locked
    ))
    returning 1
  )
  select count(*)::int as held from held`,
);
