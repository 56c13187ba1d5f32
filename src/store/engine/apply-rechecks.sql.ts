import { statement } from '../connection.js';

/**
 * What was decided of messages that were looked at again ($1 ids): $2 the state, $3 why, $4 when it is looked at again
 * (deferred), $5 until when it may leave, $6 how many of its fallbacks are behind it when it goes on to the next channel (null:
 * it stays on its own), $7 until when a receipt is waited for. Instants in milliseconds. What a provider had taken before it
 * goes on counts as accepted, and is remembered for receipts that come late, where it gave no id of its own by ours.
 */
export const applyRechecks = statement(
  '',
  `with decided as (
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::integer[], $7::float8[])
       as decided(id, state, reason, next_at, leave_by, skip, fallback_at)
   ), earlier as (
     insert into past_attempt (provider, provider_id, message_id, customer_id, channel, at)
     select m.provider, coalesce(m.provider_id, 'message/' || m.id || '/' || m.channel), m.id, m.customer_id, m.channel, clock_timestamp()
     from message m join decided using (id)
     where decided.skip is not null and m.provider is not null
     on conflict do nothing
   )
   update message m
   set state = case when decided.state = 'queued' and decided.skip is null and m.only_by is not null then 'retrying' else decided.state end,
       reason = decided.reason,
       next_at = case when decided.state = 'queued' and decided.skip is null and m.only_by is not null then clock_timestamp()
         else to_timestamp(decided.next_at / 1000) end,
       closed_here = m.closed_here and decided.skip is null,
       only_by = case when decided.skip is null then m.only_by end,
       leave_by = case when decided.state in ('queued', 'deferred') then to_timestamp(decided.leave_by / 1000) else m.leave_by end,
       settled_at = case when decided.state in ('suppressed', 'withdrawn') then clock_timestamp()
         when decided.state = 'sent' then m.settled_at end,
       waits_for = null,
       held = case when decided.state = 'queued' and (m.journey = any (array(select name from pause where kind = 'journey'))
         or m.purpose = any (array(select name from pause where kind = 'purpose'))) then 'paused' end,
       fallback_at = to_timestamp(decided.fallback_at / 1000),
       accepted = m.accepted or decided.skip is not null,
       attempts = case when decided.skip is null then m.attempts else 0 end,
       provider_id = case when decided.skip is null then m.provider_id end,
       -- What was told, and asked, of the channel before.
       receipt = case when decided.skip is null then m.receipt end,
       receipt_at = case when decided.skip is null then m.receipt_at end,
       ask_at = case when decided.skip is null then m.ask_at end,
       channel = case when decided.skip is null then m.channel else m.fallbacks -> decided.skip ->> 'channel' end,
       address = case when decided.skip is null then m.address else m.fallbacks -> decided.skip ->> 'address' end,
       content = case when decided.skip is null then m.content else m.fallbacks -> decided.skip -> 'content' end,
       fallbacks = case when decided.skip is null then m.fallbacks else (
         select coalesce(jsonb_agg(next order by no), '[]') from jsonb_array_elements(m.fallbacks) with ordinality as x(next, no)
         where no > decided.skip + 1) end
   from decided
   where m.id = decided.id`,
);
