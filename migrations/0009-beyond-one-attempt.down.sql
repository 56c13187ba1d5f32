drop index webhook_call_settled;
drop index past_attempt_message;
alter table message drop column only_by;
alter table message drop column closed_here;
