import { statement } from '../connection.js';

/** The next $2 customers after $1, locked in the order of their ids, as every batch does. */
export const lockNextCustomers = statement<{ id: string }>(
  'lock-next-customers',
  'select id from customer where id > $1::text order by id limit $2::integer for no key update',
);
