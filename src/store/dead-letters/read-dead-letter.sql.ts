import { statement } from '../connection.js';
import type { DeadLetterRow } from './dead-letter-row.js';

/** $1 the letter's number. */
export const readDeadLetter = statement<DeadLetterRow>(
  'read-dead-letter',
  `select no, at, source, origin, topic, key, payload, headers, place, reason, published_at, replayed_at
     from dead_letter where no = $1`,
);
