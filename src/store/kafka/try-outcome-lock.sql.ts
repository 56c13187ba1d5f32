import { statement } from '../connection.js';

/** One process at a time tells outcomes, so that each customer's stay in order; held until the transaction ends. */
export const tryOutcomeLock = statement<{ readonly mine: boolean }>(
  'try-outcome-lock',
  `select pg_try_advisory_xact_lock(7239005) as mine`,
);
