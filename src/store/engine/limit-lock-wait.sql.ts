import { statement } from '../connection.js';

/** Until the end of the transaction no lock is waited for longer than $1 milliseconds. */
export const limitLockWait = statement('limit-lock-wait', `select set_config('lock_timeout', $1::text, true)`);
