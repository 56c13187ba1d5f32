import { statement } from '../connection.js';

/** $1 ids, $2 lease tokens, $3 the provider that goes on with them. Rows: those that are still under their lease, and may leave. */
export const handOver = statement<{ readonly id: string | number }>(
  'outbox_hand_over',
  `update message set provider = $3, attempted_at = clock_timestamp()
  from unnest($1::bigint[], $2::uuid[]) as given (id, lease)
  where message.id = given.id and message.lease = given.lease and message.state = 'sending'
    and coalesce(message.leave_by, 'infinity') > clock_timestamp() and not closed_here and only_by is null
  returning message.id`,
);
