-- What the outbox has to know of a message beyond one attempt, and what is pruned. Expand only.

-- The customer has closed the channel while a provider has it there: it is not tried again there, and goes on to its next one.
alter table message add column closed_here boolean not null default false;
-- In doubt at this provider, and sent again: by it or by nobody. Until the message is on another channel.
alter table message add column only_by text;

-- Receipts by our own id, of a channel before the last.
create index past_attempt_message on past_attempt (message_id);

-- Calls of web hooks that are over, the oldest first, for whoever takes them away.
create index webhook_call_settled on webhook_call (settled_at) where settled_at is not null;
