import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface TimelineRow {
  readonly at: number;
  /** Orders what has the same instant: cause before effect. */
  readonly rank: number;
  /** Unique within `rank`. */
  readonly ref: string;
  readonly kind: 'change' | 'event' | 'entered' | 'message' | 'suppressed' | 'ended';
  readonly body: JsonObject;
}

/**
 * Everything about one customer on one line, newest first. $1 customer, $2 $3 $4 the last row of the page before (`infinity`,
 * 0, '' for the first page), $5 how many. Each part is cut to the page before it is built.
 */
export const timeline = statement<TimelineRow>(
  'timeline',
  `select at, rank, ref, kind, body from (
     (select at, 0 as rank, lpad(no::text, 20, '0') collate "C" as ref, 'change' as kind,
        jsonb_build_object('source', source, 'patch', patch) as body
      from customer_change
      where customer_id = $1 and (at, 0, lpad(no::text, 20, '0') collate "C") < ($2::timestamptz, $3::integer, $4::text)
      order by 1 desc, 3 desc limit $5)
     union all
     (select time, 1, hash::text collate "C", 'event', jsonb_build_object(
        'id', id, 'source', source, 'type', type, 'arrival', arrival, 'data', data)
      from event
      where customer_id = $1 and (time, 1, hash::text collate "C") < ($2::timestamptz, $3::integer, $4::text)
      order by 1 desc, 3 desc limit $5)
     union all
     (select entered_at, 2, (journey || '/' || seq::text) collate "C", 'entered', jsonb_build_object(
        'journey', journey, 'key', key, 'version', version, 'started_by', started_by, 'status', status, 'step', step)
      from enrolment
      where customer_id = $1
        and (entered_at, 2, (journey || '/' || seq::text) collate "C") < ($2::timestamptz, $3::integer, $4::text)
      order by 1 desc, 3 desc limit $5)
     union all
     (select created_at, 3, lpad(id::text, 20, '0') collate "C", 'message', jsonb_build_object(
        'id', id::text, 'journey', journey, 'key', key, 'step', step, 'template', template, 'purpose', purpose,
        'channel', channel, 'address', address, 'state', state, 'text', content -> 'text', 'attempts', attempts,
        'settled_at', settled_at, 'provider', provider, 'reason', reason, 'receipt', receipt,
        'receipt_at', receipt_at)
      from message
      where customer_id = $1
        and (created_at, 3, lpad(id::text, 20, '0') collate "C") < ($2::timestamptz, $3::integer, $4::text)
      order by 1 desc, 3 desc limit $5)
     union all
     -- Held at its step and given up: it never was a message.
     (select at, 3, ref, 'suppressed', body from (
        select to_timestamp((given_up ->> 'at')::float8 / 1000)::timestamptz(3) as at,
          (journey || '/' || seq::text || '/' || no::text) collate "C" as ref, jsonb_build_object(
            'journey', journey, 'key', key, 'step', given_up -> 'step', 'template', given_up -> 'template',
            'reason', given_up -> 'reason',
            'held_since', to_timestamp((given_up ->> 'since')::float8 / 1000)::timestamptz(3)) as body
        from enrolment cross join lateral jsonb_array_elements(state -> 'withheld') with ordinality as x (given_up, no)
        where customer_id = $1 and state ? 'withheld') one
      where (at, 3, ref) < ($2::timestamptz, $3::integer, $4::text)
      order by 1 desc, 3 desc limit $5)
     union all
     (select ended_at, 4, (journey || '/' || seq::text) collate "C", 'ended', jsonb_build_object(
        'journey', journey, 'key', key, 'reason', reason)
      from enrolment
      where customer_id = $1 and ended_at is not null
        and (ended_at, 4, (journey || '/' || seq::text) collate "C") < ($2::timestamptz, $3::integer, $4::text)
      order by 1 desc, 3 desc limit $5)
   ) line
   order by at desc, rank desc, ref desc
   limit $5`,
);
