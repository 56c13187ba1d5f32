import { statement } from '../connection.js';

/**
 * Messages whose receipt is to be asked for, of the last two days, up to 500: those first for which another channel waits. Each
 * pause is as long as it has been since the sending, $3 milliseconds at least. $1 channel, $2 provider.
 */
export const takeUnreceipted = statement<{ readonly provider_id: string }>(
  '',
  `with urgent as materialized (
    select id from message
    where state = 'sent' and receipt is null and provider_id is not null and channel = $1 and fallbacks <> '[]'
      and coalesce(ask_at, settled_at) between clock_timestamp() - interval '48 hours' and clock_timestamp()
      and provider = $2
    order by coalesce(ask_at, settled_at) limit 500 for update skip locked
  ), others as materialized (
    select id from message
    where state = 'sent' and receipt is null and provider_id is not null and channel = $1 and fallbacks = '[]'
      and coalesce(ask_at, settled_at) between clock_timestamp() - interval '48 hours' and clock_timestamp()
      and provider = $2
    order by coalesce(ask_at, settled_at) limit 500 - (select count(*) from urgent) for update skip locked
  )
  update message set ask_at = case
    when clock_timestamp() + (clock_timestamp() - settled_at) < settled_at + interval '48 hours'
    then clock_timestamp() + greatest(clock_timestamp() - settled_at, $3::integer * interval '1 millisecond')
    else 'infinity' end
  where id = any (array(select id from urgent union all select id from others))
  returning provider_id`,
);
