drop table webhook_call;
