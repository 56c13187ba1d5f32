import { statement } from '../connection.js';

/** Keeps what could not be taken; what is read again, or fails again after a replay, is the same letter. */
export const insertDeadLetters = statement(
  'insert-dead-letters',
  `insert into dead_letter (source, origin, topic, key, payload, headers, place, reason)
   select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::jsonb[], $7::text[], $8::text[])
   on conflict (origin) do update set reason = excluded.reason, place = excluded.place, replayed_at = null`,
);
