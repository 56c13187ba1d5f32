import { statement } from '../connection.js';

export interface InsertedEvents {
  /** The numbers, from 1, of the events that are new; null where all are. */
  readonly fresh: readonly number[] | null;
  /** Of the batch's types those whose day rows are kept, with the fields whose sums are; null for none. */
  readonly rolled: Readonly<Record<string, readonly string[]>> | null;
}

/**
 * Keeps a batch's events; gives back which are new, and of which day rows are kept. Columns as arrays, the data as one JSON
 * list, for which nothing has to be quoted twice; instants in milliseconds, $10 the bundle, $11 the types, each once. Locks are taken before a statement's snapshot: whoever adds to
 * rolled_type has either been seen here, or waits until this transaction is over.
 */
export const insertEvents = statement<InsertedEvents>(
  'insert-events',
  `with kept as (
     insert into event (customer_id, hash, seq, type, time, arrival, id, source, data, bundle)
     select customer_id, hash, seq, type, to_timestamp(time / 1000), to_timestamp(arrival / 1000), id, source, data,
            $10::integer
     from rows from (unnest($1::text[], $2::uuid[], $3::integer[], $4::text[], $5::float8[], $6::float8[], $7::text[],
                            $8::text[]), jsonb_array_elements($9::jsonb))
            as batch(customer_id, hash, seq, type, time, arrival, id, source, data)
     on conflict do nothing
     returning customer_id, seq
   )
   select case when (select count(*) from kept) < cardinality($1::text[])
          then array(select batch.no::integer from kept
                     join unnest($1::text[], $3::integer[]) with ordinality as batch(customer_id, seq, no)
                     using (customer_id, seq))
          end as fresh,
          (select jsonb_object_agg(type, fields) from rolled_type where type = any($11::text[])) as rolled`,
);
