drop index pending_event_of;
drop index message_fallback_of;
drop index message_open;
drop index message_fallback;
drop index message_deferred;
create index message_open on message (customer_id, id) where state in ('queued', 'sending', 'retrying', 'in_doubt');
update message set state = 'queued' where state = 'deferred';
alter table message drop constraint message_state;
alter table message add constraint message_state check (state in
  ('queued', 'sending', 'retrying', 'in_doubt', 'sent', 'failed', 'suppressed', 'withdrawn'));
alter table message drop column accepted;
alter table message drop column fallback_at;
alter table message drop column fallback_ms;
alter table message drop column not_after;
alter table message drop column repeats;
alter table message drop column awaited;
alter table message drop column ref;
