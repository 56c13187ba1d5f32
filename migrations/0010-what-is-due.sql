-- Costs follow what is due, not what is stored; and who serves a provider. Expand only.

-- Retries that anybody may send, those that only their provider may, and what is in doubt at each provider: what one of them keeps
-- waiting costs the others nothing. The instants are written so that no plan takes the older indexes instead, or the next one.
create index message_retry_of_all on message (channel, coalesce(next_at, 'infinity'))
  where state = 'retrying' and only_by is null;
create index message_retry_of_one on message (channel, only_by, coalesce(next_at, 'infinity'))
  where state = 'retrying' and only_by is not null;
create index message_doubt_of_one on message (channel, coalesce(provider, ''), coalesce(next_at, 'infinity'))
  where state = 'in_doubt';
-- Whether any of all that is due, for the one query of an idle second.
create index message_again on message (next_at) where state in ('retrying', 'in_doubt');

-- Until when a channel's provider counts as served. Every sender that has it moves this on, long before it is over; after that others,
-- who do not have it, decide what is in doubt there.
create table served_provider (
  channel  text not null,
  provider text not null,
  until    timestamptz(3) not null,
  primary key (channel, provider)
);

-- Links by when they are to be taken away: first by their message, whose number tells the time. One whose customer is still inside
-- the journey then is looked at again at such a number.
alter table link add column look_again bigint;
create index link_due on link (coalesce(look_again, message_id)) where target is not null;
create index link_opt_out_due on link (coalesce(look_again, message_id)) where target is null;
