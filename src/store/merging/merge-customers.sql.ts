import { statement } from '../connection.js';

/**
 * $1 is a second name of $2, who has what both had: $3 attributes, $4 consent, $5 closed channels, and the numbers of the decisions
 * on both. Nothing of a person is left under $1.
 */
export const mergeCustomers = statement(
  'merge-customers',
  `with second_name as (
     update customer set merged_into = $2::text, attributes = '{}', consent = '{}', closed = '{}'
     where id = $1::text
     returning seq, decided_at
   )
   update customer
   set attributes = $3::jsonb, consent = $4::jsonb, closed = $5::jsonb, seq = customer.seq + second_name.seq,
       decided_at = greatest(customer.decided_at, second_name.decided_at)
   from second_name where customer.id = $2::text`,
);
