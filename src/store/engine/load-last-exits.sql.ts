import { statement } from '../connection.js';

/** When these customers last left these journeys, by entry key. */
export const loadLastExits = statement<{ customer_id: string; journey: string; key: string | null; ended_at: number }>(
  'load-last-exits',
  `select customer_id, journey, key, max(ended_at) as ended_at
   from enrolment
   where customer_id = any($1::text[]) and journey = any($2::text[]) and ended_at is not null
   group by customer_id, journey, key`,
);
