import { statement } from '../connection.js';
import { shiftedRef } from './shifted-ref.js';

const ref = `data ->> 'ref'`;

/**
 * Events of the engine's own that wait to be decided for $1 are $2's; those of messages and web hooks name enrolments, whose numbers
 * are $3 ahead. After messages and calls have moved: a settlement in between has written its event by then, or writes it for $2.
 */
export const movePendingEvents = statement(
  'move-pending-events',
  `update pending_event
   set customer_id = $2::text,
       id = case when source = '/messages' and starts_with(id, ${ref} || '/')
            then (${shiftedRef(`(${ref})`, '$3::integer')}) || substr(id, length(${ref}) + 1) else id end,
       data = case
         when source = '/messages' and data ? 'ref' and ${ref} is not null
           then data || jsonb_build_object('ref', ${shiftedRef(`(${ref})`, '$3::integer')})
         when source = '/webhooks' and jsonb_typeof(data -> 'enrolment') = 'number'
           then data || jsonb_build_object('enrolment', (data ->> 'enrolment')::integer + $3::integer)
         else data end
   where customer_id = $1::text`,
);
