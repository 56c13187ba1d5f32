import { statement } from '../connection.js';

/** Where a receipt belongs: by its place among those asked about. All null: no message has that id (yet). */
export interface PlacedReceipt {
  readonly place: number;
  readonly message_id: string | null;
  readonly customer_id: string | null;
  readonly journey: string | null;
  readonly template: string | null;
  readonly channel: string | null;
  /** Kept to be tried again: some send is under way, and its outcome is not written yet. */
  readonly early: boolean;
}

/**
 * Finds the messages of receipts: $1 providers (or a channel: any provider of it), $2 the providers' ids, $3 what was told,
 * $4 reasons, $5 our own ids where they are told instead. One snapshot says whether it is found and, if not, whether any send is
 * under way: a settlement that commits meanwhile is seen as one of the two.
 */
export const placeReceipts = statement<PlacedReceipt>(
  'place-receipts',
  `with told as materialized (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) with ordinality
      as told (provider, provider_id, status, reason, own_id, no)
  ), found as materialized (
    select told.no, message.id, message.customer_id, message.journey, message.template, attempt.channel
    from told
    cross join lateral (
      (select id, channel from message where id = told.own_id and channel = told.provider)
      union all
      (select message_id, channel from past_attempt where message_id = told.own_id and channel = told.provider limit 1)
      union all
      (select message_id, channel from past_attempt
       where provider_id = told.provider_id and (provider = told.provider or channel = told.provider) limit 1)
      union all
      (select id, channel from message
       where provider_id = told.provider_id and (provider = told.provider or channel = told.provider) limit 1)
      limit 1
    ) attempt
    cross join lateral (
      select id, customer_id, journey, template from message where id = attempt.id limit 1
    ) message
  ), under_way as materialized (
    select coalesce((select true from message where state = 'sending' order by lease_until limit 1),
                    (select true from message where state = 'in_doubt' order by channel, next_at limit 1),
                    (select true from message where state = 'retrying' order by channel, next_at limit 1), false) as some
  ), kept as (
    insert into early_receipt (provider, provider_id, status, reason)
    select distinct on (provider, provider_id, status) provider, provider_id, status, reason
    from told cross join under_way
    where under_way.some and provider_id is not null and no not in (select no from found)
    order by provider, provider_id, status
    on conflict do nothing
  )
  select told.no::integer - 1 as place, found.id::text as message_id, found.customer_id, found.journey, found.template,
    found.channel, found.id is null and provider_id is not null and under_way.some as early
  from told cross join under_way left join found on found.no = told.no
  order by told.no`,
);
