-- Short links in messages, and the addresses where a customer withdraws. Expand only.

-- A link of a message, under the code that stands in it; written with the message, never changed.
create table link (
  code        text primary key,
  -- Where it leads, in ASCII. Null: where the customer says that they want no more.
  target      text,
  message_id  bigint not null,
  customer_id text not null,
  journey     text not null,
  template    text not null,
  purpose     text not null,
  channel     text not null,
  created_at  timestamptz(3) not null,
  constraint link_target check (target ~* '^https?://')
);
create index link_message on link (message_id);
