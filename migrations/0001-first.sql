-- The tables of the main path. customer_id leads every large key, so that Postgres can be partitioned or distributed
-- by it. No foreign keys on the hot tables: they are written in one transaction under the customer's row lock.

create table customer (
  id          text primary key,
  -- Numbers what is decided on this customer: events and changes from outside, in their order; timers carry the last number.
  seq         integer not null default 0,
  -- The instant of the last decision; the next is never earlier, whatever the clocks say.
  decided_at  timestamptz(3) not null,
  created_at  timestamptz(3) not null,
  attributes  jsonb not null default '{}',
  consent     jsonb not null default '{}',
  closed      jsonb not null default '{}',
  constraint customer_id_not_empty check (id <> '')
) with (fillfactor = 80);

-- Append-only: what was known of a customer at any instant can be told later.
create table customer_change (
  customer_id text not null,
  at          timestamptz(3) not null,
  no          bigint generated always as identity,
  -- The customer's decision number then: its own for a change from outside, that of the batch for one that an event made.
  seq         integer not null,
  source      text not null,
  patch       jsonb not null,
  primary key (customer_id, no)
);

create table event (
  customer_id text not null,
  -- The first 16 bytes of SHA-256 over source, NUL and id: what makes an event the same one.
  hash        uuid not null,
  seq         integer not null,
  type        text not null,
  time        timestamptz(3) not null,
  arrival     timestamptz(3) not null,
  bundle      integer not null,
  id          text not null,
  source      text not null,
  data        jsonb not null,
  primary key (customer_id, hash)
);
create index event_by_time on event (customer_id, type, time);
-- Retention prunes in slices of arrival; a block range index costs next to nothing to keep.
create index event_by_arrival on event using brin (arrival);

-- Rollups: one row a customer, type and UTC day, of the types in rolled_type. `sums` has a total for each field there.
create table event_day (
  customer_id text not null,
  type        text not null,
  day         date not null,
  count       integer not null,
  newest      timestamptz(3) not null,
  sums        jsonb,
  primary key (customer_id, type, day)
) with (fillfactor = 90);

-- The types whose day rows are kept, those that some journey counts, and the fields whose sums are. Every batch reads this
-- table; who adds to it locks it whole, so that no batch under way has missed it. Day rows of earlier events are filled in
-- customer by customer; until `filled`, questions are answered from the events themselves.
create table rolled_type (
  type           text primary key,
  fields         text[] not null default '{}',
  filled         boolean not null default false,
  filled_through text not null default ''
);

-- Every set of files that was ever loaded, by content, so that old decisions can be explained and pinned journeys finished.
create table bundle (
  no        integer generated always as identity primary key,
  hash      text not null unique,
  files     jsonb not null,
  loaded_at timestamptz(3) not null default clock_timestamp()
);

create table journey_version (
  journey   text not null,
  version   text not null,
  source    text not null,
  loaded_at timestamptz(3) not null default clock_timestamp(),
  primary key (journey, version)
);

create table enrolment (
  customer_id text not null,
  journey     text not null,
  -- The customer's decision number at which it started.
  seq         integer not null,
  key         text,
  version     text not null,
  status      text not null,
  step        text,
  started_by  text not null,
  entered_at  timestamptz(3) not null,
  ended_at    timestamptz(3),
  reason      text,
  -- When a timer of it falls due; null for none.
  wake_at     timestamptz(3),
  -- When it fell due, once it has been put aside because its journey is paused: then wake_at is null.
  held_wake_at timestamptz(3),
  state       jsonb not null,
  -- The last decision on it: when, with which files, on what.
  decided_at  timestamptz(3) not null,
  bundle      integer not null,
  stimulus    text not null,
  -- When its timers were decided, in order, each [the customer's decision number, milliseconds since 1970, bundle]; null
  -- where one was parked. With the events this is enough to decide everything once more.
  timers      jsonb not null default '[]',
  failures    smallint not null default 0,
  error       text,
  primary key (customer_id, journey, seq),
  constraint enrolment_status check (status in ('active', 'watching', 'ended'))
) with (fillfactor = 70);
create unique index enrolment_active on enrolment (customer_id, journey, key) nulls not distinct where status = 'active';
create index enrolment_watching on enrolment (customer_id) where status = 'watching';
create index enrolment_timer on enrolment (wake_at) where wake_at is not null;
create index enrolment_held on enrolment (journey, held_wake_at) where held_wake_at is not null;

create table message (
  -- Milliseconds since 2026-01-01T00:00:00Z × 4096 + counter: time-ordered, below 2^53, the provider's idempotency key.
  id           bigint primary key,
  customer_id  text not null,
  journey      text not null,
  enrolment    integer not null,
  key          text,
  step         text not null,
  template     text not null,
  purpose      text not null,
  -- Purpose, then the journey's priority: the lower leaves first.
  rank         smallint not null,
  channel      text not null,
  address      text not null,
  -- sms: {text, parts}; email: {context, zone, calendar, now}: rendered by the sender from the bundle's template.
  content      jsonb not null,
  -- The channels to try next on a permanent failure, each with its address and content.
  fallbacks    jsonb not null default '[]',
  bundle       integer not null,
  state        text not null default 'queued',
  created_at   timestamptz(3) not null,
  -- Past this instant it may not leave; it goes back to the engine and is decided again. Null: 24 hours of retries.
  leave_by     timestamptz(3),
  -- While retrying: when next. While in_doubt: when to ask.
  next_at      timestamptz(3),
  -- While queued: the message of this customer, purpose and channel that has to leave first. Set by a claim that met it,
  -- taken off by release_followers(), so that messages which cannot leave are not looked at again and again.
  waits_for    bigint,
  -- While queued: why it is kept out of message_queue ('paused'), so that what may not leave costs the others nothing.
  -- Only a hint: what is paused is in `pause`, and each claim asks there.
  held         text,
  attempts     smallint not null default 0,
  lease        uuid,
  lease_until  timestamptz(3),
  attempted_at timestamptz(3),
  settled_at   timestamptz(3),
  provider     text,
  provider_id  text,
  cost         integer,
  reason       text,
  constraint message_state check (state in
    ('queued', 'sending', 'retrying', 'in_doubt', 'sent', 'failed', 'suppressed', 'withdrawn'))
) with (fillfactor = 70);
-- leave_by is tested inside the index: rows that may not leave any more cost no visit to the table.
create index message_queue on message (channel, rank, id, coalesce(leave_by, 'infinity'))
  where state = 'queued' and waits_for is null and held is null;
create index message_held on message (journey, purpose, rank, id) where state = 'queued' and held is not null;
create index message_follower on message (waits_for) where state = 'queued' and waits_for is not null;
create index message_retry on message (channel, next_at) where state = 'retrying';
create index message_doubt on message (channel, next_at) where state = 'in_doubt';
create index message_lease on message (lease_until) where state = 'sending';
create index message_leave_by on message (leave_by) where leave_by is not null and state in ('queued', 'retrying');
-- One customer's messages leave in order; an exit takes back what is still open.
create index message_open on message (customer_id, id) where state in ('queued', 'sending', 'retrying', 'in_doubt');
create index message_of_customer on message (customer_id, created_at);

-- What does not leave now: all ('' as name), or what belongs to a journey, a channel or a purpose.
create table pause (
  kind   text not null,
  name   text not null,
  since  timestamptz(3) not null default clock_timestamp(),
  -- Who paused it, or what.
  reason text not null,
  primary key (kind, name),
  constraint pause_kind check (kind in ('all', 'journey', 'channel', 'purpose')),
  constraint pause_name check ((kind = 'all') = (name = ''))
);

-- Pauses that are over: decisions of then cannot be told from those without one.
create table past_pause (
  kind  text not null,
  name  text not null,
  since timestamptz(3) not null,
  until timestamptz(3) not null default clock_timestamp(),
  primary key (kind, name, since)
);

-- Whoever closes a message, holds it or moves it to another channel (sender, engine, operator), the one behind it may leave.
-- A claim that makes a message wait holds its forerunner's row lock, so that this never misses one.
-- The settings keep plans made on an empty table from being used on a full one.
create function release_followers() returns trigger language plpgsql
  set enable_seqscan = off set enable_nestloop = off as $$
declare closed bigint[];
begin
  select array_agg(id) into closed from before join after using (id)
  where before.state in ('queued', 'sending', 'retrying', 'in_doubt')
    and (after.state not in ('queued', 'sending', 'retrying', 'in_doubt') or after.channel <> before.channel
      or (before.held is null and after.held is not null));
  if closed is not null then
    update message set waits_for = null where waits_for = any (closed) and waits_for is not null and state = 'queued';
  end if;
  return null;
end
$$;
create trigger release_followers after update on message
  referencing old table as before new table as after for each statement execute function release_followers();

-- The next messages of a channel that may leave, locked; it asks for itself what is paused, so that a pause is in force for
-- every claim after its commit. Whatever the planner believes of how many are queued (its figures are
-- a minute old when a launch has just queued a million), it has to walk message_queue in order and never sort.
create function next_messages(of_channel text, at_most integer)
  returns table (id bigint, customer_id text, purpose text, rank smallint) language sql rows 100
  set enable_sort = off set enable_bitmapscan = off set enable_seqscan = off as $$
  select id, customer_id, purpose, rank
  from message
  where state = 'queued' and waits_for is null and held is null and channel = of_channel
    and coalesce(leave_by, 'infinity') > statement_timestamp()
    and not exists (select from pause where kind = 'all' or (kind = 'channel' and name = of_channel))
    and journey <> all (array(select name from pause where kind = 'journey'))
    and purpose <> all (array(select name from pause where kind = 'purpose'))
  order by rank, id
  limit at_most
  for update skip locked
$$;

-- A stretch of the queue, of all channels, behind the given place; in the same way.
create function queue_behind(a_channel text, a_rank integer, an_id bigint, at_most integer)
  returns table (id bigint, channel text, rank smallint, journey text, purpose text) language sql rows 1000
  set enable_sort = off set enable_bitmapscan = off set enable_seqscan = off as $$
  select id, channel, rank, journey, purpose
  from message
  where state = 'queued' and waits_for is null and held is null and (channel, rank, id) > (a_channel, a_rank, an_id)
  order by channel, rank, id
  limit at_most
$$;

-- Held messages that are not paused any more, in the order in which they leave. Of held ones it looks at one for each journey
-- and purpose, however many there are.
create function no_longer_held(at_most integer)
  returns table (id bigint) language sql rows 100
  set enable_bitmapscan = off set enable_seqscan = off as $$
  with recursive combination (journey, purpose) as (
    (select journey, purpose from message where state = 'queued' and held is not null order by journey, purpose limit 1)
    union all
    select further.journey, further.purpose
    from combination cross join lateral (
      select journey, purpose from message
      where state = 'queued' and held is not null
        and (journey, purpose) > (combination.journey, combination.purpose)
      order by journey, purpose limit 1
    ) further
  )
  select first.id
  from combination cross join lateral (
    select id, rank from message
    where state = 'queued' and held is not null
      and journey = combination.journey and purpose = combination.purpose
    order by rank, id limit at_most
  ) first
  where combination.journey <> all (array(select name from pause where kind = 'journey'))
    and combination.purpose <> all (array(select name from pause where kind = 'purpose'))
  order by first.rank, first.id
  limit at_most
$$;

-- Timers put aside whose journey is not paused any more, in the order in which they fell due.
create function no_longer_held_timers(at_most integer)
  returns table (customer_id text, journey text, seq integer) language sql rows 100
  set enable_bitmapscan = off set enable_seqscan = off as $$
  with recursive held (journey) as (
    (select journey from enrolment where held_wake_at is not null order by journey limit 1)
    union all
    select further.journey
    from held cross join lateral (
      select journey from enrolment where held_wake_at is not null and journey > held.journey order by journey limit 1
    ) further
  )
  select first.customer_id, held.journey, first.seq
  from held cross join lateral (
    select customer_id, seq, held_wake_at from enrolment
    where held_wake_at is not null and journey = held.journey
    order by held_wake_at limit at_most
  ) first
  where held.journey <> all (array(select name from pause where kind = 'journey'))
  order by first.held_wake_at
  limit at_most
$$;

-- Ids from the clock of the database, never repeated, also after a restored backup. A session lock, held for one call.
create sequence message_id;
create function take_message_ids(n integer) returns bigint language plpgsql as $$
declare first bigint;
begin
  perform pg_advisory_lock(7239001);
  select greatest(last_value + 1, (extract(epoch from clock_timestamp() - timestamptz '2026-01-01T00:00:00Z') * 1000)::bigint * 4096)
    into first from message_id;
  perform setval('message_id', first + n - 1);
  perform pg_advisory_unlock(7239001);
  return first;
end
$$;

-- Events that the engine itself makes (a message that failed), decided in a batch of their own after the commit.
create table pending_event (
  no          bigint generated always as identity primary key,
  customer_id text not null,
  id          text not null,
  source      text not null,
  type        text not null,
  time        timestamptz(3) not null,
  data        jsonb not null
);

create table dead_letter (
  no          bigint generated always as identity primary key,
  at          timestamptz(3) not null default clock_timestamp(),
  source      text not null,
  origin      text unique,
  topic       text,
  key         text,
  payload     bytea not null,
  headers     jsonb not null default '{}',
  place       text not null,
  reason      text not null,
  -- When it was copied to `<topic>.dead`; only letters from Kafka are.
  published_at timestamptz(3),
  replayed_at  timestamptz(3)
);
create index dead_letter_unpublished on dead_letter (no) where topic is not null and published_at is null;

create table kafka_offset (
  consumer_group text not null,
  topic          text not null,
  partition      integer not null,
  next           bigint not null,
  -- Messages that retention had deleted before they were read.
  missed         bigint not null default 0,
  primary key (consumer_group, topic, partition)
);

-- Token buckets: one for a provider's channel, one for its account; all senders share them.
create table rate_bucket (
  name        text primary key,
  tokens      double precision not null,
  refilled_at timestamptz not null
);

-- A channel whose provider wants a person's hand (no credit, wrong key); shared by all processes.
create table channel_state (
  channel    text not null,
  provider   text not null,
  down_since timestamptz(3),
  retry_at   timestamptz(3),
  reason     text,
  primary key (channel, provider)
);
