import { statement } from '../connection.js';
import { messageColumns, type MessageRow } from './message-row.js';

/** Newest first, over all customers. $1 state, $2 journey (null: any), $3 ids below it, $4 how many. */
export const newestMessages = statement<MessageRow>(
  'newest-messages',
  `select ${messageColumns} from message
   where id < $3 and ($1::text is null or state = $1) and ($2::text is null or journey = $2)
   order by id desc limit $4`,
);
