import { statement } from '../connection.js';
import { messageColumns, type MessageRow } from './message-row.js';

/** One customer's, newest first. $1 state, $2 journey (null: any), $3 ids below it, $4 how many, $5 customer. */
export const messagesOfCustomer = statement<MessageRow>(
  'messages-of-customer',
  `select ${messageColumns} from message
   where customer_id = $5 and id < $3 and ($1::text is null or state = $1) and ($2::text is null or journey = $2)
   order by id desc limit $4`,
);
