import { statement } from '../connection.js';

/** A customer whose timer cannot be decided: it is tried again, later each time, up to an hour; the error is kept. */
export const parkTimers = statement(
  'park-timers',
  `update enrolment
   set failures = least(failures + 1, 1000),
       wake_at = coalesce($3::timestamptz, clock_timestamp()) + least(interval '5 seconds' * power(2, least(failures, 10)), interval '1 hour'),
       timers = timers || 'null', error = left($2::text, 2000)
   where customer_id = $1::text and wake_at <= coalesce($3::timestamptz, clock_timestamp())`,
);
