import { statement } from '../connection.js';

/** One process at a time copies dead letters, so that they stay in order; held until the transaction ends. */
export const tryPublishLock = statement<{ readonly mine: boolean }>(
  'try-publish-lock',
  `select pg_try_advisory_xact_lock(7239003) as mine`,
);
