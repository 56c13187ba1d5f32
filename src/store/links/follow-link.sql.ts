import { statement } from '../connection.js';

/**
 * Where the link $1 leads. With $2 the click is an event that waits for the engine, one a minute: its id tells the minute, so
 * that another in the same minute is the same event.
 */
export const followLink = statement<{ target: string }>(
  'follow-link',
  `with found as materialized (
    select * from link where code = $1::text and target is not null
  ), clicked as (
    insert into pending_event (customer_id, id, source, type, time, data)
    select customer_id, message_id || '/' || code || '/' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'),
      '/messages', 'message.clicked', now(), jsonb_build_object(
        'message_id', message_id::text, 'journey', journey, 'template', template, 'channel', channel)
    from found where $2::boolean
  )
  select target from found`,
);
