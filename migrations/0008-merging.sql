-- Customers who turn out to be one, and chats that are joined to the customer whose they are. Expand only.

-- Whom this customer was merged into: the id goes on as a second name, and whatever comes for it is the other's. Such a row
-- has nothing of its own any more; it stays, so that whoever waits for its lock finds out.
alter table customer add column merged_into text;
alter table customer add constraint customer_merged_into_another check (merged_into <> id) not valid;
alter table customer validate constraint customer_merged_into_another;

-- What stands in a link to a messenger's bot (`?start=<code>`), so that whoever follows it is known to be this customer.
create table chat_link (
  code        text primary key,
  customer_id text not null,
  channel     text not null,
  created_at  timestamptz(3) not null default clock_timestamp(),
  expires_at  timestamptz(3) not null,
  -- The chat that has followed it; the first one has it, nobody else.
  chat        text,
  used_at     timestamptz(3),
  constraint chat_link_channel check (channel in ('telegram', 'bale'))
);
create index chat_link_expires_at on chat_link (expires_at);
