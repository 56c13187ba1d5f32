import { statement } from '../connection.js';

/** A message that has to be looked at again, its row locked. */
export interface RecheckRow {
  readonly id: number;
  readonly customer_id: string;
  readonly journey: string;
  readonly enrolment: number;
  readonly key: string | null;
  readonly step: string;
  readonly template: string;
  readonly purpose: string;
  readonly channel: string;
  /** The channels that are left to fall back on, in their order. */
  readonly next: readonly string[];
  readonly state: 'queued' | 'retrying' | 'deferred' | 'sent';
  /** It was taken back while a provider had it. */
  readonly gone: boolean;
  readonly not_after: number | null;
  readonly ref: string | null;
  readonly awaited: boolean;
  readonly repeats: boolean;
}

/** $1 customers, whose rows are locked, $2 the instant of a virtual clock (else null). In id order, as everybody locks messages. */
export const loadRechecks = statement<RecheckRow>(
  '',
  `select id, customer_id, journey, enrolment, key, step, template, purpose, channel,
     array(select next ->> 'channel' from jsonb_array_elements(fallbacks) with ordinality as x(next, no) order by no) as next,
     state, leave_by is not distinct from '-infinity' as gone,
     case when ref is null then nullif(leave_by, '-infinity') else not_after end as not_after, ref, awaited, repeats
   from message
   where customer_id = any($1::text[])
     and ((state in ('queued', 'retrying') and leave_by < coalesce($2::timestamptz, clock_timestamp()))
       or (state = 'deferred' and next_at <= coalesce($2::timestamptz, clock_timestamp()))
       or (fallback_at is not null and fallback_at <= coalesce($2::timestamptz, clock_timestamp())))
   order by id for update`,
);
