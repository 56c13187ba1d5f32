drop table link;
