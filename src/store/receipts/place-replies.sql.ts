import { statement } from '../connection.js';

export interface PlacedReply {
  readonly place: number;
  readonly customer_id: string;
  /** Nobody has that id yet. */
  readonly is_new: boolean;
}

/** The attributes that are addresses; each has an index. */
const attributes = ['phone', 'email', 'telegram', 'bale', 'instagram', 'push'] as const;

const newestWith = attributes
  .map(
    (name) => `when '${name}' then (
        select id from customer where attributes ? '${name}' and attributes ->> '${name}' = reply.address
        order by created_at desc limit 1)`,
  )
  .join('\n      ');

/**
 * Whose replies are: the customer's last written to at that address on that channel, else the newest's with that address, else
 * somebody's who is born from it. What was found once stays. $1 providers, $2 their ids, $3 channels, $4 addresses, $5 the
 * attributes that hold such addresses (or null), $6 the ids of those who would be born.
 */
export const placeReplies = statement<PlacedReply>(
  'place-replies',
  `with reply as materialized (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
      as reply (provider, id, channel, address, attribute, born, no)
  ), known as materialized (
    select reply.no, heard.customer_id
    from reply cross join lateral (
      select customer_id from heard_reply where provider = reply.provider and id = reply.id limit 1
    ) heard
  ), placed as (
    insert into heard_reply (provider, id, customer_id)
    select distinct on (provider, id) provider, id, coalesce(
      (select customer_id from message where state = 'sent' and address = reply.address and channel = reply.channel
       order by message.id desc limit 1),
      case attribute
      ${newestWith}
      end,
      born)
    from reply
    where no not in (select no from known)
    order by provider, id
    on conflict (provider, id) do update set provider = excluded.provider
    returning provider, id, customer_id
  ), whose as (
    select reply.no, coalesce(known.customer_id, placed.customer_id) as customer_id
    from reply left join known using (no) left join placed using (provider, id)
  )
  select no::integer - 1 as place, customer_id,
    not exists (select from customer where customer.id = whose.customer_id) as is_new
  from whose order by no`,
);
