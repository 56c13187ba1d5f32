import { statement } from '../connection.js';

/**
 * $1 lease tokens of claims whose answer never came: nothing of them was sent, so they do not count as attempts. Where the customer
 * has closed the channel meanwhile it is left to lapse, and goes on to the next one with its settlement.
 */
export const giveBackLeases = statement(
  'outbox_give_back_leases',
  `update message set state = case when only_by is null then 'queued' else 'retrying' end,
    next_at = case when only_by is not null then clock_timestamp() end,
    attempts = greatest(attempts - 1, 0), lease = null, lease_until = null
  where state = 'sending' and lease_until is not null and lease = any ($1::uuid[]) and not closed_here`,
);
