import { statement } from '../connection.js';

/** Writes enrolments as they now stand, new and changed alike, and notes a timer. Columns as arrays, $16 the bundle. */
export const saveEnrolments = statement(
  'save-enrolments',
  `insert into enrolment (customer_id, journey, seq, key, version, status, step, started_by, entered_at, ended_at, reason,
                          wake_at, state, decided_at, stimulus, bundle)
   select *, $16::integer from unnest(
     $1::text[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
     $9::timestamptz[], $10::timestamptz[], $11::text[], $12::timestamptz[], $13::jsonb[], $14::timestamptz[], $15::text[])
   on conflict (customer_id, journey, seq) do update
     set status = excluded.status, step = excluded.step, ended_at = excluded.ended_at, reason = excluded.reason,
         wake_at = excluded.wake_at, held_wake_at = null, state = excluded.state, decided_at = excluded.decided_at,
         stimulus = excluded.stimulus, bundle = excluded.bundle, failures = 0, error = null,
         timers = case when excluded.stimulus like 'timer:%'
                  then enrolment.timers || jsonb_build_array(jsonb_build_array(
                    split_part(excluded.stimulus, ':', 2)::integer,
                    (extract(epoch from excluded.decided_at) * 1000)::bigint, excluded.bundle))
                  else enrolment.timers end`,
);
