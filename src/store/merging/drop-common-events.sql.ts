import { statement } from '../connection.js';

/**
 * Of the events of $1 those that $2 has as well: they are one and the same, and are kept once. Those of journeys and messages are
 * named after what was decided, and have the same name for two customers without being the same. The day rows of $1 in which
 * they were counted go with them: of what is left of those days they are made anew.
 */
export const dropCommonEvents = statement(
  'drop-common-events',
  `with gone as (
     delete from event using event kept
     where event.customer_id = $1::text and kept.customer_id = $2::text and kept.hash = event.hash
       and event.source <> '/messages' and event.source not like '/journeys/%'
     returning event.type, (event.time at time zone 'UTC')::date as day
   )
   delete from event_day using gone
   where event_day.customer_id = $1::text and event_day.type = gone.type and event_day.day = gone.day`,
);
