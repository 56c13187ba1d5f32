import { statement } from '../connection.js';

/** Events of a batch that stand behind what a journey has emitted meanwhile: $1 customers, $2 hashes, $3 their numbers. */
export const renumberEvents = statement(
  'renumber-events',
  `update event set seq = moved.seq
   from unnest($1::text[], $2::uuid[], $3::integer[]) as moved(customer_id, hash, seq)
   where event.customer_id = moved.customer_id and event.hash = moved.hash`,
);
