import { statement } from '../connection.js';

export interface ContactRow {
  readonly customer_id: string;
  readonly ref: string;
  readonly at: number;
  readonly purpose: string;
  readonly repeats: boolean;
  /** In rials; 0 until a provider has taken it. */
  readonly cost: number;
}

/**
 * What caps count: messages of these purposes ($3) handed to the queue for these customers ($1) after $2, a customer's oldest
 * first. What may have arrived counts. What has failed counts until that is decided, so that the past can be decided again. A look for each customer, so that a plan made on an empty table goes by the index too.
 */
export const loadContacts = statement<ContactRow>(
  'load-contacts',
  `select m.customer_id, coalesce(m.ref, m.id::text) as ref, m.created_at as at, m.purpose, m.repeats, coalesce(m.cost, 0) as cost
   from unnest($1::text[]) as asked(customer_id)
   cross join lateral (
     select * from message
     where customer_id = asked.customer_id and created_at > $2::timestamptz and purpose = any($3::text[])
       and (state <> 'failed' or accepted or reason = 'in_doubt' or exists (
         select from pending_event told
         where told.customer_id = asked.customer_id and type = 'message.failed' and data ->> 'ref' = ref))
     order by created_at, id
   ) m`,
);
