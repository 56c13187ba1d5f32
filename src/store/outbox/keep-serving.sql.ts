import { statement } from '../connection.js';

/**
 * $1 channels, $2 their providers, which are served from here for $3 milliseconds to come. A provider of these channels that has
 * something in doubt, or is to send something again, and that nobody has told of, counts as served for so long as well: in the order of
 * the indexes, one look a provider.
 */
export const keepServing = statement(
  'outbox_keep_serving',
  `with recursive horizon (until) as (
    select clock_timestamp() + $3::int * interval '1 millisecond'
  ), channels (channel) as (
    select distinct channel from unnest($1::text[]) as lane (channel)
  ), doubted (channel, provider) as (
    select channel, '' from channels
    union all
    select channel, (select coalesce(provider, '') from message
      where state = 'in_doubt' and message.channel = doubted.channel and coalesce(provider, '') > doubted.provider
      order by channel, coalesce(provider, '') limit 1)
    from doubted where provider is not null
  ), bound (channel, provider) as (
    select channel, '' from channels
    union all
    select channel, (select only_by from message
      where state = 'retrying' and only_by is not null and message.channel = bound.channel and only_by > bound.provider
      order by channel, only_by limit 1)
    from bound where provider is not null
  ), met as (
    select channel, provider from doubted where provider <> ''
    union
    select channel, provider from bound where provider <> ''
    except
    select * from unnest($1::text[], $2::text[])
  )
  insert into served_provider as known (channel, provider, until)
  select channel, provider, until from horizon cross join (
    select channel, provider from unnest($1::text[], $2::text[]) as lane (channel, provider)
    union
    select channel, provider from met
    where not exists (select from served_provider old where old.channel = met.channel and old.provider = met.provider)
  ) as served
  order by channel, provider
  on conflict (channel, provider) do update set until = greatest(known.until, excluded.until)`,
);
