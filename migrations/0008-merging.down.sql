drop table chat_link;
alter table customer drop column merged_into;
