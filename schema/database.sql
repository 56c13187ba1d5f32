-- What the migrations make; written by `npm run db:dump`, held by a test.

create table blocked_number (
  provider text not null,
  number text not null,
  seen_at timestamp(3) with time zone default clock_timestamp() not null,
  told boolean default false not null,
  constraint blocked_number_pkey PRIMARY KEY (provider, number)
);

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

create table chat_link (
  code text not null,
  customer_id text not null,
  channel text not null,
  created_at timestamp(3) with time zone default clock_timestamp() not null,
  expires_at timestamp(3) with time zone not null,
  chat text,
  used_at timestamp(3) with time zone,
  constraint chat_link_channel CHECK ((channel = ANY (ARRAY['telegram'::text, 'bale'::text]))),
  constraint chat_link_pkey PRIMARY KEY (code)
);
CREATE INDEX chat_link_expires_at ON public.chat_link USING btree (expires_at);

create table customer (
  id text not null,
  seq integer default 0 not null,
  decided_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null,
  attributes jsonb default '{}'::jsonb not null,
  consent jsonb default '{}'::jsonb not null,
  closed jsonb default '{}'::jsonb not null,
  merged_into text,
  constraint customer_id_not_empty CHECK ((id <> ''::text)),
  constraint customer_merged_into_another CHECK ((merged_into <> id)),
  constraint customer_pkey PRIMARY KEY (id)
) with (fillfactor=80, autovacuum_vacuum_scale_factor=0.05);
CREATE INDEX customer_bale ON public.customer USING btree (((attributes ->> 'bale'::text)), created_at) WHERE (attributes ? 'bale'::text);
CREATE INDEX customer_email ON public.customer USING btree (((attributes ->> 'email'::text)), created_at) WHERE (attributes ? 'email'::text);
CREATE INDEX customer_instagram ON public.customer USING btree (((attributes ->> 'instagram'::text)), created_at) WHERE (attributes ? 'instagram'::text);
CREATE INDEX customer_phone ON public.customer USING btree (((attributes ->> 'phone'::text)), created_at) WHERE (attributes ? 'phone'::text);
CREATE INDEX customer_push ON public.customer USING btree (((attributes ->> 'push'::text)), created_at) WHERE (attributes ? 'push'::text);
CREATE INDEX customer_telegram ON public.customer USING btree (((attributes ->> 'telegram'::text)), created_at) WHERE (attributes ? 'telegram'::text);

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

create table early_receipt (
  provider text not null,
  provider_id text not null,
  status text not null,
  reason text,
  at timestamp(3) with time zone default clock_timestamp() not null,
  try_at timestamp(3) with time zone default (clock_timestamp() + '00:00:01'::interval) not null,
  constraint early_receipt_pkey PRIMARY KEY (provider, provider_id, status)
);
CREATE INDEX early_receipt_due ON public.early_receipt USING btree (try_at);

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
  held_by text,
  constraint enrolment_status CHECK ((status = ANY (ARRAY['active'::text, 'watching'::text, 'ended'::text]))),
  constraint enrolment_pkey PRIMARY KEY (customer_id, journey, seq)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);
CREATE UNIQUE INDEX enrolment_active ON public.enrolment USING btree (customer_id, journey, key) NULLS NOT DISTINCT WHERE (status = 'active'::text);
CREATE INDEX enrolment_held ON public.enrolment USING btree (journey, held_wake_at) WHERE (held_wake_at IS NOT NULL);
CREATE INDEX enrolment_held_by ON public.enrolment USING btree (held_by) WHERE (held_by IS NOT NULL);
CREATE INDEX enrolment_timer ON public.enrolment USING btree (wake_at) WHERE (wake_at IS NOT NULL);
CREATE INDEX enrolment_watching ON public.enrolment USING btree (customer_id) WHERE (status = 'watching'::text);

create table entry_total (
  journey text not null,
  total bigint not null,
  constraint entry_total_pkey PRIMARY KEY (journey)
);

create table entry_total_at (
  journey text not null,
  at timestamp(3) with time zone not null,
  total bigint not null,
  constraint entry_total_at_pkey PRIMARY KEY (journey, at)
);

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

create table heard_reply (
  provider text not null,
  id text not null,
  customer_id text not null,
  at timestamp(3) with time zone default clock_timestamp() not null,
  constraint heard_reply_pkey PRIMARY KEY (provider, id)
);
CREATE INDEX heard_reply_at ON public.heard_reply USING btree (at);

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

create table link (
  code text not null,
  target text,
  message_id bigint not null,
  customer_id text not null,
  journey text not null,
  template text not null,
  purpose text not null,
  channel text not null,
  created_at timestamp(3) with time zone not null,
  look_again bigint,
  constraint link_target CHECK ((target ~* '^https?://'::text)),
  constraint link_pkey PRIMARY KEY (code)
);
CREATE INDEX link_due ON public.link USING btree (COALESCE(look_again, message_id)) WHERE (target IS NOT NULL);
CREATE INDEX link_message ON public.link USING btree (message_id);
CREATE INDEX link_opt_out_due ON public.link USING btree (COALESCE(look_again, message_id)) WHERE (target IS NULL);

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
  ref text,
  awaited boolean default false not null,
  repeats boolean default false not null,
  not_after timestamp(3) with time zone,
  fallback_ms bigint,
  fallback_at timestamp(3) with time zone,
  accepted boolean default false not null,
  receipt text,
  receipt_at timestamp(3) with time zone,
  ask_at timestamp(3) with time zone,
  closed_here boolean default false not null,
  only_by text,
  constraint message_state CHECK ((state = ANY (ARRAY['queued'::text, 'deferred'::text, 'sending'::text, 'retrying'::text, 'in_doubt'::text, 'sent'::text, 'failed'::text, 'suppressed'::text, 'withdrawn'::text]))),
  constraint message_pkey PRIMARY KEY (id)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);
CREATE INDEX message_again ON public.message USING btree (next_at) WHERE (state = ANY (ARRAY['retrying'::text, 'in_doubt'::text]));
CREATE INDEX message_deferred ON public.message USING btree (next_at) WHERE (state = 'deferred'::text);
CREATE INDEX message_doubt ON public.message USING btree (channel, next_at) WHERE (state = 'in_doubt'::text);
CREATE INDEX message_doubt_of_one ON public.message USING btree (channel, COALESCE(provider, ''::text), COALESCE(next_at, 'infinity'::timestamp with time zone)) WHERE (state = 'in_doubt'::text);
CREATE INDEX message_fallback ON public.message USING btree (fallback_at) WHERE (fallback_at IS NOT NULL);
CREATE INDEX message_fallback_of ON public.message USING btree (customer_id) WHERE (fallback_at IS NOT NULL);
CREATE INDEX message_follower ON public.message USING btree (waits_for) WHERE ((state = 'queued'::text) AND (waits_for IS NOT NULL));
CREATE INDEX message_held ON public.message USING btree (journey, purpose, rank, id) WHERE ((state = 'queued'::text) AND (held IS NOT NULL));
CREATE INDEX message_lease ON public.message USING btree (lease_until) WHERE (state = 'sending'::text);
CREATE INDEX message_leave_by ON public.message USING btree (leave_by) WHERE ((leave_by IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'retrying'::text])));
CREATE INDEX message_of_customer ON public.message USING btree (customer_id, created_at);
CREATE INDEX message_open ON public.message USING btree (customer_id, id) WHERE (state = ANY (ARRAY['queued'::text, 'deferred'::text, 'sending'::text, 'retrying'::text, 'in_doubt'::text]));
CREATE INDEX message_provider_id ON public.message USING btree (provider_id) WHERE (provider_id IS NOT NULL);
CREATE INDEX message_queue ON public.message USING btree (channel, rank, id, COALESCE(leave_by, 'infinity'::timestamp with time zone)) WHERE ((state = 'queued'::text) AND (waits_for IS NULL) AND (held IS NULL));
CREATE INDEX message_retry ON public.message USING btree (channel, next_at) WHERE (state = 'retrying'::text);
CREATE INDEX message_retry_of_all ON public.message USING btree (channel, COALESCE(next_at, 'infinity'::timestamp with time zone)) WHERE ((state = 'retrying'::text) AND (only_by IS NULL));
CREATE INDEX message_retry_of_one ON public.message USING btree (channel, only_by, COALESCE(next_at, 'infinity'::timestamp with time zone)) WHERE ((state = 'retrying'::text) AND (only_by IS NOT NULL));
CREATE INDEX message_sent_to ON public.message USING btree (address, channel, id) WHERE (state = 'sent'::text);
CREATE INDEX message_unreceipted ON public.message USING btree (channel, COALESCE(ask_at, settled_at)) WHERE ((state = 'sent'::text) AND (receipt IS NULL) AND (provider_id IS NOT NULL) AND (fallbacks = '[]'::jsonb));
CREATE INDEX message_unreceipted_urgent ON public.message USING btree (channel, COALESCE(ask_at, settled_at)) WHERE ((state = 'sent'::text) AND (receipt IS NULL) AND (provider_id IS NOT NULL) AND (fallbacks <> '[]'::jsonb));
CREATE TRIGGER release_followers AFTER UPDATE ON public.message REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION release_followers();

create table outcome (
  no bigint generated always as identity not null,
  customer_id text not null,
  at timestamp(3) with time zone not null,
  id text not null,
  source text not null,
  type text not null,
  data jsonb not null,
  published_at timestamp(3) with time zone,
  constraint outcome_pkey PRIMARY KEY (no)
);
CREATE INDEX outcome_published ON public.outcome USING btree (published_at) WHERE (published_at IS NOT NULL);
CREATE INDEX outcome_unpublished ON public.outcome USING btree (no) WHERE (published_at IS NULL);

create table past_attempt (
  provider text not null,
  provider_id text not null,
  message_id bigint not null,
  customer_id text not null,
  channel text not null,
  at timestamp(3) with time zone default clock_timestamp() not null,
  constraint past_attempt_pkey PRIMARY KEY (provider, provider_id)
);
CREATE INDEX past_attempt_at ON public.past_attempt USING btree (at);
CREATE INDEX past_attempt_id ON public.past_attempt USING btree (provider_id);
CREATE INDEX past_attempt_message ON public.past_attempt USING btree (message_id);

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
) with (autovacuum_vacuum_scale_factor=0.05);
CREATE INDEX pending_event_of ON public.pending_event USING btree (customer_id);

create table provider_poll (
  name text not null,
  next_at timestamp(3) with time zone not null,
  until timestamp(3) with time zone,
  constraint provider_poll_pkey PRIMARY KEY (name)
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

create table served_provider (
  channel text not null,
  provider text not null,
  until timestamp(3) with time zone not null,
  constraint served_provider_pkey PRIMARY KEY (channel, provider)
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
  taken_by text,
  taken_at timestamp(3) with time zone,
  constraint task_pkey PRIMARY KEY (customer_id, id)
);
CREATE INDEX task_done ON public.task USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX task_id ON public.task USING btree (id);
CREATE INDEX task_open ON public.task USING btree (assign_to, due, opened_at) WHERE ((done_at IS NULL) AND (closed_at IS NULL));
CREATE INDEX task_urgent ON public.task USING btree (due, opened_at) WHERE ((done_at IS NULL) AND (closed_at IS NULL));

create table webhook_call (
  id uuid not null,
  customer_id text not null,
  journey text not null,
  key text,
  enrolment integer not null,
  step text not null,
  url text not null,
  method text not null,
  body jsonb,
  time_out_ms integer not null,
  awaited boolean not null,
  created_at timestamp(3) with time zone not null,
  state text default 'queued'::text not null,
  attempts smallint default 0 not null,
  next_at timestamp(3) with time zone default clock_timestamp() not null,
  lease uuid,
  lease_until timestamp(3) with time zone,
  withdrawn_at timestamp(3) with time zone,
  status smallint,
  reason text,
  settled_at timestamp(3) with time zone,
  constraint webhook_call_state CHECK ((state = ANY (ARRAY['queued'::text, 'calling'::text, 'retrying'::text, 'done'::text, 'failed'::text, 'withdrawn'::text]))),
  constraint webhook_call_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_call_customer ON public.webhook_call USING btree (customer_id, journey, enrolment);
CREATE INDEX webhook_call_due ON public.webhook_call USING btree (next_at) WHERE (state = ANY (ARRAY['queued'::text, 'retrying'::text]));
CREATE INDEX webhook_call_due_of_journey ON public.webhook_call USING btree (journey, next_at, id) WHERE (state = ANY (ARRAY['queued'::text, 'retrying'::text]));
CREATE INDEX webhook_call_lease ON public.webhook_call USING btree (lease_until) WHERE (state = 'calling'::text);
CREATE INDEX webhook_call_settled ON public.webhook_call USING btree (settled_at) WHERE (settled_at IS NOT NULL);

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
