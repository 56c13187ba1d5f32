import { statement } from '../connection.js';

/**
 * A customer ($1) hears of a purpose ($2) no more on a channel ($3): what waits there goes on to its next channel, or is
 * withdrawn where there is none, and nothing falls back there. In id order, as everybody locks messages. What is with a
 * provider right now may arrive, but is not tried again.
 */
export const closeChannels = statement(
  'close-channels',
  `with locked as (
     select m.id, m.channel = gone.channel as there, m.state in ('queued', 'deferred', 'retrying') as waits,
       (select coalesce(jsonb_agg(next order by no), '[]') from jsonb_array_elements(m.fallbacks) with ordinality as x(next, no)
        where next ->> 'channel' <> gone.channel) as others
     from message m
     join unnest($1::text[], $2::text[], $3::text[]) as gone(customer_id, purpose, channel)
       on m.customer_id = gone.customer_id and m.purpose = gone.purpose
       and (m.channel = gone.channel or m.fallbacks @> jsonb_build_array(jsonb_build_object('channel', gone.channel)))
     where m.state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
     order by m.id for update of m
   ), decided as (
     select id, others, there and waits and others <> '[]' as moves, there and waits and others = '[]' as ends,
       there and not waits as under_way
     from locked
   )
   update message
   set state = case when ends then 'withdrawn' when moves and state = 'retrying' then 'queued' else state end,
       reason = case when ends then 'opted_out' else reason end,
       settled_at = case when ends then clock_timestamp() else settled_at end,
       leave_by = case when under_way then '-infinity' else leave_by end,
       channel = case when moves then others -> 0 ->> 'channel' else channel end,
       address = case when moves then others -> 0 ->> 'address' else address end,
       content = case when moves then others -> 0 -> 'content' else content end,
       fallbacks = case when moves then others - 0 else others end,
       attempts = case when moves then 0 else attempts end,
       next_at = case when moves and state = 'retrying' then null else next_at end
   from decided
   where message.id = decided.id and state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')`,
);
