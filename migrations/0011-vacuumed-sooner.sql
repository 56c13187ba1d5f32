-- What is rewritten with every event and every message is cleaned up when a twentieth of it is dead, not a fifth: in a table of
-- millions that is what the queries walk past, and what a disk has to hold. Expand only.
alter table customer set (autovacuum_vacuum_scale_factor = 0.05);
alter table enrolment set (autovacuum_vacuum_scale_factor = 0.05);
alter table message set (autovacuum_vacuum_scale_factor = 0.05);
alter table pending_event set (autovacuum_vacuum_scale_factor = 0.05);
