import { statement } from '../connection.js';

/** What there is to do for one channel. `retry_in`: milliseconds until a channel that is down is tried again. */
export interface LookRow {
  readonly channel: string;
  readonly provider: string;
  readonly queued: boolean;
  readonly retries: boolean;
  /** What only this provider may send again. */
  readonly bound: boolean;
  readonly doubts: boolean;
  readonly lapsed: boolean;
  readonly down: boolean;
  readonly retry_in: number | null;
}

const due = `coalesce(next_at, 'infinity') <= statement_timestamp() order by coalesce(next_at, 'infinity') limit 1`;

const free = `(select id from message
      where state = 'retrying' and only_by is null and channel = lane.channel and ${due}) is not null`;
const bound = (whose: 'lane' | 'served'): string => `(select id from message
      where state = 'retrying' and only_by = ${whose}.provider and channel = ${whose}.channel and ${due}) is not null`;
const inDoubt = (whose: 'lane' | 'served', provider = `${whose}.provider`): string => `(select id from message
      where state = 'in_doubt' and coalesce(provider, '') = ${provider} and channel = ${whose}.channel and ${due}) is not null`;

/**
 * $1 channels, $2 their providers. The orders keep it on the indexes, whatever the planner believes of the states: each provider has
 * its own stretch of them, and so have those that nobody serves any more. Of a channel that is paused nothing may be claimed.
 */
export const look = statement<LookRow>(
  '',
  `select lane.channel, lane.provider,
    (select id from message
      where state = 'queued' and waits_for is null and held is null and channel = lane.channel
        and coalesce(leave_by, 'infinity') > statement_timestamp()
      order by rank, id limit 1) is not null
      and not exists (select from pause where kind = 'all' or (kind = 'channel' and name = lane.channel)) as queued,
    ${free} or coalesce(unserved.bound, false) as retries,
    ${bound('lane')} as bound,
    ${inDoubt('lane')} or ${inDoubt('lane', `''`)} or coalesce(unserved.doubts, false) as doubts,
    (select id from message where state = 'sending' and lease_until < statement_timestamp()
      order by lease_until limit 1) is not null as lapsed,
    health.down_since is not null as down,
    extract(epoch from health.retry_at - statement_timestamp())::float8 * 1000 as retry_in
  from unnest($1::text[], $2::text[]) as lane (channel, provider)
    left join channel_state health on health.channel = lane.channel and health.provider = lane.provider
    cross join lateral (
      select bool_or(${bound('served')}) as bound, bool_or(${inDoubt('served')}) as doubts
      from served_provider served
      where served.channel = lane.channel and served.until < statement_timestamp()
        and not exists (select from unnest($1::text[], $2::text[]) as own (channel, provider)
          where own.channel = served.channel and own.provider = served.provider)
    ) unserved`,
);
