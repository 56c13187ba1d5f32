import { statement } from '../connection.js';

export interface ClaimedCallRow {
  readonly id: string;
  readonly journey: string;
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** JSON as it is sent; null for none. */
  readonly body: string | null;
  readonly time_out_ms: number;
  /** This one included. */
  readonly attempts: number;
}

/**
 * $1 how many, $2 lease token, $3 by how many milliseconds a lease outlasts its call's time-out. Takes what is due, and
 * never waits for a lock. Journeys take turns, those first of whose calls fewer are under way, the oldest first of each: one
 * whose receiver is slow does not hold up the others. What is paused is passed over a journey at a time.
 */
export const claimCalls = statement<ClaimedCallRow>(
  'claim-webhook-calls',
  `with recursive waiting as (
    (select journey from webhook_call where state in ('queued', 'retrying') order by journey limit 1)
    union all
    select (select journey from webhook_call where state in ('queued', 'retrying') and journey > waiting.journey
            order by journey limit 1)
    from waiting where waiting.journey is not null
  ), busy as materialized (
    select journey, count(*) as calls from webhook_call where state = 'calling' group by journey
  ), candidate as materialized (
    select due.id
    from waiting left join busy using (journey) cross join lateral (
      select id, next_at, row_number() over (order by next_at, id) as place from webhook_call
      where journey = waiting.journey and state in ('queued', 'retrying') and next_at <= (select clock_timestamp())
      order by next_at, id limit $1::integer
    ) due
    where waiting.journey <> all (array(select name from pause where kind = 'journey'))
      and not exists (select from pause where kind = 'all')
    order by coalesce(busy.calls, 0) + due.place, due.next_at, due.id
    limit $1::integer
  ), locked as materialized (
    select id from webhook_call
    where id = any (array(select id from candidate)) and state in ('queued', 'retrying') and next_at <= clock_timestamp()
    order by id for update skip locked
  )
  update webhook_call
  set state = 'calling', attempts = attempts + 1, lease = $2::uuid,
      lease_until = clock_timestamp() + (time_out_ms + $3::integer) * interval '1 millisecond'
  from locked
  where webhook_call.id = locked.id
  returning webhook_call.id, journey, url, method, body::text as body, time_out_ms, attempts`,
);
