import { statement } from '../connection.js';

/** The ids that stand next to $1 in the order of ids: those that a slip of the pen may have meant. */
export const neighbours = statement<{ id: string }>(
  'neighbours',
  `(select id from customer where id >= $1 and merged_into is null order by id limit 50)
   union all
   (select id from customer where id < $1 and merged_into is null order by id desc limit 50)`,
);
