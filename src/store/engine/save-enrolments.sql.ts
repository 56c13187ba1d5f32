import { statement } from '../connection.js';

/**
 * Writes enrolments as they now stand, new and changed alike, and notes a timer or a changed file. Columns as arrays, the states as one JSON
 * list, for which nothing has to be quoted twice; instants in milliseconds, $16 the bundle.
 */
export const saveEnrolments = statement(
  'save-enrolments',
  `insert into enrolment (customer_id, journey, seq, key, version, status, step, started_by, entered_at, ended_at, reason,
                          wake_at, state, decided_at, stimulus, bundle, held_by)
   select customer_id, journey, seq, key, version, status, step, started_by, to_timestamp(entered_at / 1000),
          to_timestamp(ended_at / 1000), reason, to_timestamp(wake_at / 1000), state, to_timestamp(decided_at / 1000),
          stimulus, $16::integer, state -> 'held' ->> 'reason'
   from rows from (unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                          $9::float8[], $10::float8[], $11::text[], $12::float8[], $14::float8[], $15::text[]),
                   jsonb_array_elements($13::jsonb))
          as batch(customer_id, journey, seq, key, version, status, step, started_by, entered_at, ended_at, reason, wake_at,
                   decided_at, stimulus, state)
   on conflict (customer_id, journey, seq) do update
     set version = excluded.version, status = excluded.status, step = excluded.step, ended_at = excluded.ended_at, reason = excluded.reason,
         wake_at = excluded.wake_at, held_wake_at = null, held_by = excluded.held_by, state = excluded.state, decided_at = excluded.decided_at,
         stimulus = excluded.stimulus, bundle = excluded.bundle, failures = 0, error = null,
         timers = case split_part(excluded.stimulus, ':', 1)
                  when 'timer' then enrolment.timers || jsonb_build_array(jsonb_build_array(
                    split_part(excluded.stimulus, ':', 2)::integer,
                    (extract(epoch from excluded.decided_at) * 1000)::bigint, excluded.bundle))
                  when 'file' then enrolment.timers || jsonb_build_array(jsonb_build_array(
                    split_part(excluded.stimulus, ':', 2)::integer,
                    (extract(epoch from excluded.decided_at) * 1000)::bigint, excluded.bundle, 'file'))
                  else enrolment.timers end`,
);
