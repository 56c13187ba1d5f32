alter table enrolment drop column held_by;
drop table entry_total_at;
drop table entry_total;
drop table outcome;
drop index task_done;
drop index task_urgent;
alter table task drop column taken_at;
alter table task drop column taken_by;
