import { statement } from '../connection.js';
import { shiftedNote } from './shifted-ref.js';

/** What was changed of $1 was changed of $2, its decision numbers $3 ahead. */
export const moveChanges = statement(
  'move-changes',
  `update customer_change
   set customer_id = $2::text, seq = seq + $3::integer, source = ${shiftedNote('source', '$3::integer')}
   where customer_id = $1::text`,
);
