-- Policy in production: a queued message stays under it, falls back when no receipt comes, and tells whoever waits for it.
-- Expand only.

-- As decisions name it: <journey>/<enrolment>/<step>/<decision>. Null for messages from before this column.
alter table message add column ref text;
-- Its step waits to hear what became of it (an ask, a send with else).
alter table message add column awaited boolean not null default false;
-- A question asked again: caps do not count it.
alter table message add column repeats boolean not null default false;
-- Later than this it is not sent at all; leave_by is the earlier of it and of the next quiet hours or blackout.
alter table message add column not_after timestamptz(3);
-- How long a receipt is waited for before the next channel is tried, and until when since a provider took it.
alter table message add column fallback_ms bigint;
alter table message add column fallback_at timestamptz(3);

-- A provider has taken it before it went on to its next channel: whatever becomes of it there, the customer was written to.
alter table message add column accepted boolean not null default false;

-- deferred: taken back because of quiet hours, a blackout or a cap (reason); tested again at next_at.
alter table message drop constraint message_state;
alter table message add constraint message_state check (state in
  ('queued', 'deferred', 'sending', 'retrying', 'in_doubt', 'sent', 'failed', 'suppressed', 'withdrawn')) not valid;
alter table message validate constraint message_state;

create index message_deferred on message (next_at) where state = 'deferred';
create index message_fallback on message (fallback_at) where fallback_at is not null;
-- A withdrawal and an exit reach what is deferred as well, and what has still to fall back.
drop index message_open;
create index message_open on message (customer_id, id)
  where state in ('queued', 'deferred', 'sending', 'retrying', 'in_doubt');
create index message_fallback_of on message (customer_id) where fallback_at is not null;

-- Before somebody's reply is decided, what is known of the messages that they were sent is.
create index pending_event_of on pending_event (customer_id);
