import { statement } from '../connection.js';

/** What enrolments of a customer ($1) remember, in the numbers that they have now: $2 journeys, $3 numbers, $4 states as one JSON list. */
export const moveStates = statement(
  'move-states',
  `update enrolment set state = moved.state
   from rows from (unnest($2::text[], $3::integer[]), jsonb_array_elements($4::jsonb)) as moved(journey, seq, state)
   where enrolment.customer_id = $1::text and enrolment.journey = moved.journey and enrolment.seq = moved.seq`,
);
