import { statement } from '../connection.js';

/** $1 customers, the same ones each time for a seed ($2) as long as nobody is added. */
export const sampleCustomers = statement<{ id: string }>(
  'sample-customers',
  'select id from customer where merged_into is null order by hashtextextended(id, $2::bigint), id limit $1::integer',
);
