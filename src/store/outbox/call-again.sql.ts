import { statement } from '../connection.js';

/**
 * $1 ids, $2 lease tokens: of a call that was refused as a whole, those that may be called for once more. A word of withdrawal, an
 * exit, a cancellation (`leave_by`) or a pause may have come since they were claimed. From now on this is their attempt.
 */
export const callAgain = statement<{ readonly id: string | number }>(
  'outbox_call_again',
  `update message set attempted_at = clock_timestamp()
  from unnest($1::bigint[], $2::uuid[]) as given (id, lease)
  where message.id = given.id and message.lease = given.lease and message.state = 'sending'
    and coalesce(message.leave_by, 'infinity') > clock_timestamp() and not message.closed_here
    and not exists (select from pause where kind = 'all' or (kind = 'channel' and name = message.channel)
      or (kind = 'journey' and name = message.journey) or (kind = 'purpose' and name = message.purpose))
  returning message.id`,
);
