-- What journeys do besides sending: tasks for people, and events of their own. Expand only.

-- Something that a journey asks a person to do: open until it is done or taken back.
create table task (
  customer_id text not null,
  id          text not null,
  journey     text not null,
  key         text,
  enrolment   integer not null,
  step        text not null,
  title       text not null,
  assign_to   text,
  -- What may come of it; empty: anything.
  results     jsonb not null default '[]',
  due         timestamptz(3),
  opened_at   timestamptz(3) not null,
  done_at     timestamptz(3),
  result      text,
  -- When nobody needed to do it any more.
  closed_at   timestamptz(3),
  primary key (customer_id, id)
);
-- By its id alone, as whoever has done it names it; and a person's open ones, the most urgent first.
create index task_id on task (id);
create index task_open on task (assign_to, due, opened_at) where done_at is null and closed_at is null;

-- How far an event is from what came from outside, where a journey emitted it: a chain of more than 8 is cut.
alter table pending_event add column chain smallint not null default 0;
