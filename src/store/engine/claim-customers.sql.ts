import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface ClaimedCustomer {
  readonly id: string;
  /** The last of the decision numbers given out to this batch. */
  readonly seq: number;
  /** This batch's `now` for this customer: read after the lock, never earlier than the last decision. */
  readonly decided_at: number;
  /** Null for none, as the next two: of most customers of a batch nothing else is asked. */
  readonly attributes: JsonObject | null;
  readonly consent: Record<string, boolean> | null;
  readonly closed: Record<string, string[]> | null;
  /** Inserted just now: nothing else is stored of them. */
  readonly fresh: boolean;
  /** The journeys that are paused; null for none. */
  readonly paused: readonly string[] | null;
  /** Whose second name this is; null: it is their own. */
  readonly merged_into: string | null;
}

/**
 * Creates, locks and numbers a batch's customers in one statement, in the order of their ids, so that two batches never
 * wait for each other in a circle. $1 ids, $2 how many decisions each, $3 the instant of a virtual clock (else null).
 */
export const claimCustomers = statement<ClaimedCustomer>(
  'claim-customers',
  `insert into customer as c (id, seq, decided_at, created_at)
   select id, decisions, coalesce($3::timestamptz, clock_timestamp()), coalesce($3::timestamptz, clock_timestamp())
   from unnest($1::text[], $2::integer[]) as batch(id, decisions)
   order by id
   on conflict (id) do update
     set seq = c.seq + excluded.seq,
         decided_at = greatest(c.decided_at, coalesce($3::timestamptz, clock_timestamp()))
   returning id, seq, decided_at, nullif(attributes, '{}') as attributes, nullif(consent, '{}') as consent,
             nullif(closed, '{}') as closed, xmax = 0 as fresh, merged_into,
             (select array_agg(name) from pause where kind = 'journey') as paused`,
);
