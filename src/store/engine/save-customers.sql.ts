import { statement } from '../connection.js';

/** Writes what events have changed of customers; the change itself is kept in `customer_change`. */
export const saveCustomers = statement(
  'save-customers',
  `with changed as (
     select * from unnest($1::text[], $2::jsonb[], $3::jsonb[], $4::jsonb[]) as t(id, attributes, consent, closed)
   )
   update customer c set attributes = changed.attributes, consent = changed.consent, closed = changed.closed
   from changed where c.id = changed.id`,
);
