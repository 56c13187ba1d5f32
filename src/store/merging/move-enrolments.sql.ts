import { statement } from '../connection.js';
import { shiftedNote } from './shifted-ref.js';

/** The enrolments of $1 are $2's, their decision numbers $3 ahead. Nobody may be inside the same journey twice by then. */
export const moveEnrolments = statement(
  'move-enrolments',
  `update enrolment
   set customer_id = $2::text, seq = seq + $3::integer, stimulus = ${shiftedNote('stimulus', '$3::integer')},
       timers = (select coalesce(jsonb_agg(
                   case when jsonb_typeof(timer) = 'array'
                   then jsonb_set(timer, '{0}', to_jsonb((timer ->> 0)::integer + $3::integer)) else timer end order by no), '[]')
                 from jsonb_array_elements(timers) with ordinality as t(timer, no))
   where customer_id = $1::text`,
);
