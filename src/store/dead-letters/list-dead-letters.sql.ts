import { statement } from '../connection.js';
import type { DeadLetterRow } from './dead-letter-row.js';

export type DeadLetterListRow = Omit<DeadLetterRow, 'payload' | 'headers'> & { readonly bytes: number };

/** Newest first, without payloads. $1 source or null, $2 also replayed ones, $3 below this number or null, $4 at most. */
export const listDeadLetters = statement<DeadLetterListRow>(
  'list-dead-letters',
  `select no, at, source, origin, topic, key, length(payload) as bytes, place, reason, published_at, replayed_at
     from dead_letter
    where ($1::text is null or source = $1) and ($2::boolean or replayed_at is null) and ($3::bigint is null or no < $3)
    order by no desc
    limit $4`,
);
