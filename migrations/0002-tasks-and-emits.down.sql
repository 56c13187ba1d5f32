alter table pending_event drop column chain;
drop table task;
