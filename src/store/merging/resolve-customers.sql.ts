import { statement } from '../connection.js';

/** Of these ids ($1) those that are second names, each with the customer's own. No circle: only customers of their own are merged. */
export const resolveCustomers = statement<{ readonly id: string; readonly root: string }>(
  'resolve-customers',
  `with recursive named (id, root) as (
     select id, merged_into from customer where id = any($1::text[]) and merged_into is not null
     union all
     select named.id, customer.merged_into
     from named join customer on customer.id = named.root
     where customer.merged_into is not null
   )
   select id, root from named
   where exists (select from customer where customer.id = named.root and customer.merged_into is null)`,
);
