-- Who does tasks, what is told to the business on Kafka, how many have entered where `limits` count them, and why somebody is
-- held at a send. Expand only.

-- Who has taken a task on, and who has done it, as they are called outside.
alter table task add column taken_by text;
alter table task add column taken_at timestamptz(3);
-- Everybody's open ones, the most urgent first; and what was done last.
create index task_urgent on task (due, opened_at) where done_at is null and closed_at is null;
create index task_done on task (done_at) where done_at is not null;

-- Events for peyk.outcomes: written with the decision, published afterwards in this order, kept for a day.
create table outcome (
  no           bigint generated always as identity primary key,
  -- The message's key: whoever it is about.
  customer_id  text not null,
  at           timestamptz(3) not null,
  id           text not null,
  source       text not null,
  type         text not null,
  data         jsonb not null,
  published_at timestamptz(3)
);
create index outcome_unpublished on outcome (no) where published_at is null;
create index outcome_published on outcome (published_at) where published_at is not null;

-- How many have ever entered a journey that has `limits`. Whoever adds to it holds its row until the commit.
create table entry_total (
  journey text primary key,
  total   bigint not null
);
-- What that total was at an instant, as far back as the journey's limit looks.
create table entry_total_at (
  journey text not null,
  at      timestamptz(3) not null,
  total   bigint not null,
  primary key (journey, at)
);

-- Why somebody's message is held at its step: quiet_hours, capped, blackout.
alter table enrolment add column held_by text;
create index enrolment_held_by on enrolment (held_by) where held_by is not null;
