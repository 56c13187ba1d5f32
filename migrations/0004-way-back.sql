-- The way back: what providers tell of messages that they took, and what customers answer. Expand only.

-- What the provider told of a message that it had taken, and when we heard: delivered, failed. Null: nothing so far.
alter table message add column receipt text;
alter table message add column receipt_at timestamptz(3);
-- Where nobody can call us back: when the provider is asked about it next. Null: soon after it was sent.
alter table message add column ask_at timestamptz(3);

create index message_provider_id on message (provider_id) where provider_id is not null;
-- Whom a reply belongs to: the one last written to there.
create index message_sent_to on message (address, channel, id) where state = 'sent';
-- Sent and not heard of, by when to ask; by themselves those for which another channel waits.
create index message_unreceipted on message (channel, coalesce(ask_at, settled_at))
  where state = 'sent' and receipt is null and provider_id is not null and fallbacks = '[]';
create index message_unreceipted_urgent on message (channel, coalesce(ask_at, settled_at))
  where state = 'sent' and receipt is null and provider_id is not null and fallbacks <> '[]';

-- What a provider had taken before the message went on to its next channel: its receipts may still come.
create table past_attempt (
  provider    text not null,
  provider_id text not null,
  message_id  bigint not null,
  customer_id text not null,
  channel     text not null,
  at          timestamptz(3) not null default clock_timestamp(),
  primary key (provider, provider_id)
);
create index past_attempt_id on past_attempt (provider_id);
create index past_attempt_at on past_attempt (at);

-- Receipts that came before the outcome of their own send was written; tried again with growing pauses, for an hour.
create table early_receipt (
  provider    text not null,
  provider_id text not null,
  status      text not null,
  reason      text,
  at          timestamptz(3) not null default clock_timestamp(),
  try_at      timestamptz(3) not null default clock_timestamp() + interval '1 second',
  primary key (provider, provider_id, status)
);
create index early_receipt_due on early_receipt (try_at);

-- Whose a reply was found to be: told again, it is still theirs, whomever that address was written to meanwhile.
create table heard_reply (
  provider    text not null,
  id          text not null,
  customer_id text not null,
  at          timestamptz(3) not null default clock_timestamp(),
  primary key (provider, id)
);
create index heard_reply_at on heard_reply (at);

-- What we ask of providers that cannot call us: one process at a time, and up to where it is known.
create table provider_poll (
  name    text primary key,
  next_at timestamptz(3) not null,
  until   timestamptz(3)
);

-- Numbers on the provider's list of those who want no more; told: their customers' withdrawal is kept.
create table blocked_number (
  provider text not null,
  number   text not null,
  seen_at  timestamptz(3) not null default clock_timestamp(),
  told     boolean not null default false,
  primary key (provider, number)
);

-- Customers by their addresses, the newest last.
create index customer_phone on customer ((attributes ->> 'phone'), created_at) where attributes ? 'phone';
create index customer_email on customer ((attributes ->> 'email'), created_at) where attributes ? 'email';
create index customer_telegram on customer ((attributes ->> 'telegram'), created_at) where attributes ? 'telegram';
create index customer_bale on customer ((attributes ->> 'bale'), created_at) where attributes ? 'bale';
create index customer_instagram on customer ((attributes ->> 'instagram'), created_at) where attributes ? 'instagram';
create index customer_push on customer ((attributes ->> 'push'), created_at) where attributes ? 'push';
