import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface LoadedEventRow {
  readonly no: number;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: number;
  readonly arrival: number;
  readonly seq: number;
  readonly data: JsonObject;
}

/**
 * The newest events of a customer and type after an instant ($4, exclusive; null for ever), one question a row, at most
 * $7 of them; with a path ($5, dotted) only those whose value there is $6.
 */
export const loadEvents = statement<LoadedEventRow>(
  'load-events',
  `select q.no, e.id, e.source, e.type, e.time, e.arrival, e.seq, e.data
   from unnest($1::integer[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::integer[])
          as q(no, customer_id, type, after, path, key, most)
   cross join lateral (
     select * from event
     where customer_id = q.customer_id and type = q.type and time > coalesce(q.after, '-infinity')
       and (q.path is null or data #>> string_to_array(q.path, '.') = q.key)
     order by time desc, seq desc limit q.most
   ) e`,
);
