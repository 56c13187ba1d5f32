import { statement } from '../connection.js';

/** $1 lease tokens of claims whose answer never came: nothing of them was sent, so they do not count as attempts. */
export const giveBackLeases = statement(
  'outbox_give_back_leases',
  `update message set state = 'queued', attempts = greatest(attempts - 1, 0), lease = null, lease_until = null
  where state = 'sending' and lease_until is not null and lease = any ($1::uuid[])`,
);
