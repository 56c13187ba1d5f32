import { statement } from '../connection.js';

export interface RollupRow {
  readonly no: number;
  readonly count: number;
  /** Null where it is beyond a double. */
  readonly total: number | null;
  readonly newest: number | null;
}

/**
 * Answers to `count`, `sum` and `last`, one row a question: the days after the window's first from the rollups, that
 * first day's events themselves. Where the rollups are not kept, or not filled yet, the events of the whole window. $1
 * question, $2 customer, $3 type, $4 the summed field's path (or null), $5 the window's start, exclusive (or null for ever).
 */
export const loadRollups = statement<RollupRow>(
  'load-rollups',
  `select q.no,
          (coalesce(days.count, 0) + coalesce(raw.count, 0))::float8 as count,
          case when abs(coalesce(days.total, 0) + coalesce(raw.total, 0)) < 1.7e308
               then (coalesce(days.total, 0) + coalesce(raw.total, 0))::float8 end as total,
          greatest(days.newest, raw.newest) as newest
   from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
          as q(no, customer_id, type, field, after)
   left join rolled_type r on r.type = q.type and r.filled and (q.field is null or q.field = any (r.fields))
   left join lateral (
     select sum(d.count) as count, sum((d.sums ->> q.field)::numeric) as total, max(d.newest) as newest
     from event_day d
     where r.filled and d.customer_id = q.customer_id and d.type = q.type
       and d.day > coalesce((q.after at time zone 'UTC')::date, '-infinity'::date)
   ) days on true
   left join lateral (
     select count(*) as count, max(e.time) as newest,
            sum(case when jsonb_typeof(e.data #> string_to_array(q.field, '.')) = 'number'
                     then (e.data #>> string_to_array(q.field, '.'))::numeric end) as total
     from event e
     where (r.filled is null or q.after is not null) and e.customer_id = q.customer_id and e.type = q.type
       and e.time > coalesce(q.after, '-infinity')
       and e.time < case when r.filled then ((q.after at time zone 'UTC')::date + 1)::timestamp at time zone 'UTC'
                    else 'infinity' end
   ) raw on true`,
);
