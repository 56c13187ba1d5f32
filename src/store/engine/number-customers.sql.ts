import { statement } from '../connection.js';

/** Customers ($1) whose journeys have emitted to them: their decision numbers ($2) are beyond those given out before. */
export const numberCustomers = statement(
  'number-customers',
  `update customer set seq = numbered.seq
   from unnest($1::text[], $2::integer[]) as numbered(id, seq)
   where customer.id = numbered.id`,
);
