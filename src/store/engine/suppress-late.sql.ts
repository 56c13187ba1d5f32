import { statement } from '../connection.js';

/**
 * Messages that a rate or retries kept past their `not_after`: they come back, and are not sent. Those that were taken back
 * while a provider had them (`-infinity`) are withdrawn.
 */
export const suppressLate = statement<{ channel: string; purpose: string; state: 'suppressed' | 'withdrawn' }>(
  'suppress-late',
  `update message
   set state = case when leave_by = '-infinity' then 'withdrawn' else 'suppressed' end,
       reason = case when leave_by = '-infinity' then 'taken_back' else 'too_late' end,
       settled_at = clock_timestamp()
   where id in (
     select id from message
     where leave_by < coalesce($1::timestamptz, clock_timestamp()) and state in ('queued', 'retrying')
     order by id limit 1000 for update skip locked)
     and state in ('queued', 'retrying')
   returning channel, purpose, state`,
);
