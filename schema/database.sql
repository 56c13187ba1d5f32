-- What the migrations make; written by `npm run db:dump`, held by a test.

create table bundle (
  no integer generated always as identity not null,
  hash text not null,
  files jsonb not null,
  loaded_at timestamp(3) with time zone default clock_timestamp() not null,
  constraint bundle_pkey PRIMARY KEY (no),
  constraint bundle_hash_key UNIQUE (hash)
);

create table channel_state (
  channel text not null,
  provider text not null,
  down_since timestamp(3) with time zone,
  retry_at timestamp(3) with time zone,
  reason text,
  constraint channel_state_pkey PRIMARY KEY (channel, provider)
);

create table customer (
  id text not null,
  seq integer default 0 not null,
  decided_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null,
  attributes jsonb default '{}'::jsonb not null,
  consent jsonb default '{}'::jsonb not null,
  closed jsonb default '{}'::jsonb not null,
  constraint customer_id_not_empty CHECK ((id <> ''::text)),
  constraint customer_pkey PRIMARY KEY (id)
) with (fillfactor=80);

create table customer_change (
  customer_id text not null,
  at timestamp(3) with time zone not null,
  no bigint generated always as identity not null,
  seq integer not null,
  source text not null,
  patch jsonb not null,
  constraint customer_change_pkey PRIMARY KEY (customer_id, no)
);

create table dead_letter (
  no bigint generated always as identity not null,
  at timestamp(3) with time zone default clock_timestamp() not null,
  source text not null,
  origin text,
  topic text,
  key text,
  payload bytea not null,
  headers jsonb default '{}'::jsonb not null,
  place text not null,
  reason text not null,
  published_at timestamp(3) with time zone,
  replayed_at timestamp(3) with time zone,
  constraint dead_letter_pkey PRIMARY KEY (no),
  constraint dead_letter_origin_key UNIQUE (origin)
);
CREATE INDEX dead_letter_unpublished ON public.dead_letter USING btree (no) WHERE ((topic IS NOT NULL) AND (published_at IS NULL));

create table enrolment (
  customer_id text not null,
  journey text not null,
  seq integer not null,
  key text,
  version text not null,
  status text not null,
  step text,
  started_by text not null,
  entered_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  reason text,
  wake_at timestamp(3) with time zone,
  held_wake_at timestamp(3) with time zone,
  state jsonb not null,
  decided_at timestamp(3) with time zone not null,
  bundle integer not null,
  stimulus text not null,
  timers jsonb default '[]'::jsonb not null,
  failures smallint default 0 not null,
  error text,
  constraint enrolment_status CHECK ((status = ANY (ARRAY['active'::text, 'watching'::text, 'ended'::text]))),
  constraint enrolment_pkey PRIMARY KEY (customer_id, journey, seq)
) with (fillfactor=70);
CREATE UNIQUE INDEX enrolment_active ON public.enrolment USING btree (customer_id, journey, key) NULLS NOT DISTINCT WHERE (status = 'active'::text);
CREATE INDEX enrolment_held ON public.enrolment USING btree (journey, held_wake_at) WHERE (held_wake_at IS NOT NULL);
CREATE INDEX enrolment_timer ON public.enrolment USING btree (wake_at) WHERE (wake_at IS NOT NULL);
CREATE INDEX enrolment_watching ON public.enrolment USING btree (customer_id) WHERE (status = 'watching'::text);

create table event (
  customer_id text not null,
  hash uuid not null,
  seq integer not null,
  type text not null,
  "time" timestamp(3) with time zone not null,
  arrival timestamp(3) with time zone not null,
  bundle integer not null,
  id text not null,
  source text not null,
  data jsonb not null,
  constraint event_pkey PRIMARY KEY (customer_id, hash)
);
CREATE INDEX event_by_arrival ON public.event USING brin (arrival);
CREATE INDEX event_by_time ON public.event USING btree (customer_id, type, "time");

create table event_day (
  customer_id text not null,
  type text not null,
  day date not null,
  count integer not null,
  newest timestamp(3) with time zone not null,
  sums jsonb,
  constraint event_day_pkey PRIMARY KEY (customer_id, type, day)
) with (fillfactor=90);

create table journey_version (
  journey text not null,
  version text not null,
  source text not null,
  loaded_at timestamp(3) with time zone default clock_timestamp() not null,
  constraint journey_version_pkey PRIMARY KEY (journey, version)
);

create table kafka_offset (
  consumer_group text not null,
  topic text not null,
  partition integer not null,
  next bigint not null,
  missed bigint default 0 not null,
  constraint kafka_offset_pkey PRIMARY KEY (consumer_group, topic, partition)
);

create table message (
  id bigint not null,
  customer_id text not null,
  journey text not null,
  enrolment integer not null,
  key text,
  step text not null,
  template text not null,
  purpose text not null,
  rank smallint not null,
  channel text not null,
  address text not null,
  content jsonb not null,
  fallbacks jsonb default '[]'::jsonb not null,
  bundle integer not null,
  state text default 'queued'::text not null,
  created_at timestamp(3) with time zone not null,
  leave_by timestamp(3) with time zone,
  next_at timestamp(3) with time zone,
  waits_for bigint,
  held text,
  attempts smallint default 0 not null,
  lease uuid,
  lease_until timestamp(3) with time zone,
  attempted_at timestamp(3) with time zone,
  settled_at timestamp(3) with time zone,
  provider text,
  provider_id text,
  cost integer,
  reason text,
  constraint message_state CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'retrying'::text, 'in_doubt'::text, 'sent'::text, 'failed'::text, 'suppressed'::text, 'withdrawn'::text]))),
  constraint message_pkey PRIMARY KEY (id)
) with (fillfactor=70);
CREATE INDEX message_doubt ON public.message USING btree (channel, next_at) WHERE (state = 'in_doubt'::text);
CREATE INDEX message_follower ON public.message USING btree (waits_for) WHERE ((state = 'queued'::text) AND (waits_for IS NOT NULL));
CREATE INDEX message_held ON public.message USING btree (journey, purpose, rank, id) WHERE ((state = 'queued'::text) AND (held IS NOT NULL));
CREATE INDEX message_lease ON public.message USING btree (lease_until) WHERE (state = 'sending'::text);
CREATE INDEX message_leave_by ON public.message USING btree (leave_by) WHERE ((leave_by IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'retrying'::text])));
CREATE INDEX message_of_customer ON public.message USING btree (customer_id, created_at);
CREATE INDEX message_open ON public.message USING btree (customer_id, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text, 'retrying'::text, 'in_doubt'::text]));
CREATE INDEX message_queue ON public.message USING btree (channel, rank, id, COALESCE(leave_by, 'infinity'::timestamp with time zone)) WHERE ((state = 'queued'::text) AND (waits_for IS NULL) AND (held IS NULL));
CREATE INDEX message_retry ON public.message USING btree (channel, next_at) WHERE (state = 'retrying'::text);
CREATE TRIGGER release_followers AFTER UPDATE ON public.message REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION release_followers();

create table past_pause (
  kind text not null,
  name text not null,
  since timestamp(3) with time zone not null,
  until timestamp(3) with time zone default clock_timestamp() not null,
  constraint past_pause_pkey PRIMARY KEY (kind, name, since)
);

create table pause (
  kind text not null,
  name text not null,
  since timestamp(3) with time zone default clock_timestamp() not null,
  reason text not null,
  constraint pause_kind CHECK ((kind = ANY (ARRAY['all'::text, 'journey'::text, 'channel'::text, 'purpose'::text]))),
  constraint pause_name CHECK (((kind = 'all'::text) = (name = ''::text))),
  constraint pause_pkey PRIMARY KEY (kind, name)
);

create table pending_event (
  no bigint generated always as identity not null,
  customer_id text not null,
  id text not null,
  source text not null,
  type text not null,
  "time" timestamp(3) with time zone not null,
  data jsonb not null,
  chain smallint default 0 not null,
  constraint pending_event_pkey PRIMARY KEY (no)
);

create table rate_bucket (
  name text not null,
  tokens double precision not null,
  refilled_at timestamp with time zone not null,
  constraint rate_bucket_pkey PRIMARY KEY (name)
);

create table rolled_type (
  type text not null,
  fields text[] default '{}'::text[] not null,
  filled boolean default false not null,
  filled_through text default ''::text not null,
  constraint rolled_type_pkey PRIMARY KEY (type)
);

create table task (
  customer_id text not null,
  id text not null,
  journey text not null,
  key text,
  enrolment integer not null,
  step text not null,
  title text not null,
  assign_to text,
  results jsonb default '[]'::jsonb not null,
  due timestamp(3) with time zone,
  opened_at timestamp(3) with time zone not null,
  done_at timestamp(3) with time zone,
  result text,
  closed_at timestamp(3) with time zone,
  constraint task_pkey PRIMARY KEY (customer_id, id)
);
CREATE INDEX task_id ON public.task USING btree (id);
CREATE INDEX task_open ON public.task USING btree (assign_to, due, opened_at) WHERE ((done_at IS NULL) AND (closed_at IS NULL));

create sequence message_id as bigint start 1;

CREATE OR REPLACE FUNCTION public.next_messages(of_channel text, at_most integer)
 RETURNS TABLE(id bigint, customer_id text, purpose text, rank smallint)
 LANGUAGE sql
 ROWS 100
 SET enable_sort TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.no_longer_held(at_most integer)
 RETURNS TABLE(id bigint)
 LANGUAGE sql
 ROWS 100
 SET enable_bitmapscan TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.no_longer_held_timers(at_most integer)
 RETURNS TABLE(customer_id text, journey text, seq integer)
 LANGUAGE sql
 ROWS 100
 SET enable_bitmapscan TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.queue_behind(a_channel text, a_rank integer, an_id bigint, at_most integer)
 RETURNS TABLE(id bigint, channel text, rank smallint, journey text, purpose text)
 LANGUAGE sql
 SET enable_sort TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
  select id, channel, rank, journey, purpose
  from message
  where state = 'queued' and waits_for is null and held is null and (channel, rank, id) > (a_channel, a_rank, an_id)
  order by channel, rank, id
  limit at_most
$function$;

CREATE OR REPLACE FUNCTION public.release_followers()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_nestloop TO 'off'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.take_message_ids(n integer)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare first bigint;
begin
  perform pg_advisory_lock(7239001);
  select greatest(last_value + 1, (extract(epoch from clock_timestamp() - timestamptz '2026-01-01T00:00:00Z') * 1000)::bigint * 4096)
    into first from message_id;
  perform setval('message_id', first + n - 1);
  perform pg_advisory_unlock(7239001);
  return first;
end
$function$;
