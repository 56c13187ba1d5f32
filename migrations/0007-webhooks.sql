-- Calls of web hooks that journeys have asked for. Expand only.
create table webhook_call (
  -- What the receiver knows the call by, however often it is made: it repeats in no other call, nor after a restore.
  id           uuid primary key,
  customer_id  text not null,
  journey      text not null,
  key          text,
  enrolment    integer not null,
  step         text not null,
  url          text not null,
  method       text not null,
  body         jsonb,
  time_out_ms  integer not null,
  -- Whether the enrolment waits for the answer; at its end nobody does.
  awaited      boolean not null,
  created_at   timestamptz(3) not null,
  state        text not null default 'queued',
  attempts     smallint not null default 0,
  next_at      timestamptz(3) not null default clock_timestamp(),
  lease        uuid,
  lease_until  timestamptz(3),
  -- When its enrolment was left: from then on it is not made any more, nor is its answer told.
  withdrawn_at timestamptz(3),
  -- What came of the last attempt; 0 where nobody answered.
  status       smallint,
  reason       text,
  settled_at   timestamptz(3),
  constraint webhook_call_state check (state in ('queued', 'calling', 'retrying', 'done', 'failed', 'withdrawn'))
);
-- What is due, of each journey by itself, so that a paused journey's calls cost the others nothing; and of all.
create index webhook_call_due_of_journey on webhook_call (journey, next_at, id) where state in ('queued', 'retrying');
create index webhook_call_due on webhook_call (next_at) where state in ('queued', 'retrying');
create index webhook_call_lease on webhook_call (lease_until) where state = 'calling';
-- Whoever leaves, and whoever verifies.
create index webhook_call_customer on webhook_call (customer_id, journey, enrolment);
