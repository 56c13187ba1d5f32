import { statement } from '../connection.js';
import { tellNothing } from '../outbox/settle-sent.sql.js';

export interface SilentChannel {
  readonly channel: string;
  /** At most 50 of each kind are counted. */
  readonly messages: number;
}

const inTime = `between clock_timestamp() - interval '1 day' and clock_timestamp() - $2::integer * interval '1 minute'`;

const unheard = (fallbacks: string): string => `(
  select 1 from message
  where state = 'sent' and receipt is null and provider_id is not null and fallbacks ${fallbacks} '[]'
    and channel = tried.channel and coalesce(ask_at, settled_at) ${inTime} and (${tellNothing}) is not true
  limit 50)`;

/**
 * Of the channels $1 those from which no receipt has come for a day, though messages were taken there $2 minutes ago or longer:
 * three at least, for a phone may be switched off. Looks at the newest two thousand messages at most.
 */
export const silentChannels = statement<SilentChannel>(
  '',
  `with silent as materialized (
     select channel, (select count(*)::int from (
       ${unheard('=')} union all ${unheard('<>')} union all (
       select 1 from past_attempt
       where channel = tried.channel and at ${inTime} and provider_id not like 'message/%' and provider <> 'mailbox'
       limit 50)) as unheard) as messages
     from unnest($1::text[]) as tried(channel)
   ), recent as materialized (
     select channel, receipt from message
     where id > extract(epoch from clock_timestamp() - interval '1 day' - timestamptz '2026-01-01T00:00:00Z')::bigint * 1000 * 4096
     order by id desc limit 2000
   )
   select channel, messages from silent
   where messages >= 3
     and not exists (select from recent where recent.channel = silent.channel and recent.receipt is not null)
   order by channel`,
);
