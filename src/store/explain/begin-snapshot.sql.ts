import { statement } from '../connection.js';

/** First in a transaction: all its statements see one moment, and it can change nothing. */
export const beginSnapshot = statement('begin-snapshot', 'set transaction isolation level repeatable read, read only');
