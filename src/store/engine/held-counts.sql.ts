import { statement } from '../connection.js';

/**
 * What does not leave now and why, each read from its partial index: people whose message is held at its step, messages that
 * were taken back until later, timers put aside because their journey is paused.
 */
export const heldCounts = statement<{ readonly reason: string; readonly held: number }>(
  'held-counts',
  `select reason, sum(held)::float8 as held
   from (select held_by as reason, count(*) as held from enrolment where held_by is not null group by held_by
         union all
         select coalesce(reason, 'unknown'), count(*) from message where state = 'deferred' group by reason
         union all
         select 'paused_timers', count(*) from enrolment where held_wake_at is not null) as each(reason, held)
   where held > 0
   group by reason`,
);
