alter table pending_event reset (autovacuum_vacuum_scale_factor);
alter table message reset (autovacuum_vacuum_scale_factor);
alter table enrolment reset (autovacuum_vacuum_scale_factor);
alter table customer reset (autovacuum_vacuum_scale_factor);
