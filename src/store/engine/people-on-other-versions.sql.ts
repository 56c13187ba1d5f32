import { statement } from '../connection.js';

/** Customers inside journey $1 on another version than $2, behind customer $3, at most $4; in the order of the index. */
export const peopleOnOtherVersions = statement<{ customer_id: string }>(
  'people-on-other-versions',
  `select distinct customer_id from enrolment
   where status = 'active' and journey = $1 and version <> $2 and customer_id > $3
   order by customer_id limit $4`,
);
