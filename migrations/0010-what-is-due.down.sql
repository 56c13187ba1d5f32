drop index link_opt_out_due;
drop index link_due;
alter table link drop column look_again;
drop table served_provider;
drop index message_again;
drop index message_doubt_of_one;
drop index message_retry_of_one;
drop index message_retry_of_all;
