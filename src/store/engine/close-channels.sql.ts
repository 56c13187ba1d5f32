import { statement } from '../connection.js';

/**
 * A customer ($1) hears of a purpose ($2) no more on a channel ($3): what waits there goes on to its next channel, or is
 * withdrawn where there is none, and nothing falls back there; a step that waits for it is told. In id order, as everybody locks
 * messages. What is with a provider right now may arrive, but is not tried again there: where it would be, its settlement takes it
 * to its next channel.
 */
export const closeChannels = statement(
  'close-channels',
  `with gone as (
     select customer_id, purpose, array_agg(channel) as channels
     from unnest($1::text[], $2::text[], $3::text[]) as gone(customer_id, purpose, channel)
     group by customer_id, purpose
   ), locked as (
     select m.id, m.channel as was, m.channel = any (gone.channels) as there, m.state in ('queued', 'deferred', 'retrying') as waits,
       (select coalesce(jsonb_agg(next order by no), '[]') from jsonb_array_elements(m.fallbacks) with ordinality as x(next, no)
        where next ->> 'channel' <> all (gone.channels)) as others
     from message m
     join gone on m.customer_id = gone.customer_id and m.purpose = gone.purpose
       and (m.channel = any (gone.channels)
         or exists (select from jsonb_array_elements(m.fallbacks) as next where next ->> 'channel' = any (gone.channels)))
     where m.state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
     order by m.id for update of m
   ), decided as (
     select id, was, others, there and waits and others <> '[]' as moves, there and waits and others = '[]' as ends,
       there and not waits as under_way
     from locked
   ), done as (
   update message
   set state = case when ends then 'withdrawn' when moves and state = 'retrying' then 'queued' else state end,
       reason = case when ends then 'opted_out' else reason end,
       settled_at = case when ends then clock_timestamp() else settled_at end,
       leave_by = case when (under_way or closed_here) and others = '[]' then '-infinity' else leave_by end,
       closed_here = case when moves then false else closed_here or (under_way and others <> '[]') end,
       only_by = case when moves then null else only_by end,
       channel = case when moves then others -> 0 ->> 'channel' else channel end,
       address = case when moves then others -> 0 ->> 'address' else address end,
       content = case when moves then others -> 0 -> 'content' else content end,
       fallbacks = case when moves then others - 0 else others end,
       attempts = case when moves then 0 else attempts end,
       next_at = case when moves and state = 'retrying' then null else next_at end
   from decided
   where message.id = decided.id and state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt')
   returning message.*, was, moves, case when moves then 'moved' else 'withheld' end as word, ends
   ), earlier as (
     insert into past_attempt (provider, provider_id, message_id, customer_id, channel)
     select provider, 'message/' || id || '/' || was, id, customer_id, was from done where moves and provider is not null
     on conflict do nothing)
   insert into pending_event (customer_id, id, source, type, time, data)
   select customer_id, id || '/' || was || '/' || word, '/messages', 'message.' || word, clock_timestamp(),
     jsonb_build_object('message_id', id, 'journey', journey, 'template', template, 'channel', was, 'ref', ref)
       || case when moves then jsonb_build_object('next', channel) else jsonb_build_object('reason', reason) end
   from done where awaited and (moves or ends)
   order by id`,
);
