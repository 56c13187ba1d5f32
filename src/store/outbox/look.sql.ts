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

/**
 * $1 channels, $2 their providers. The orders keep it on the indexes, whatever the planner believes of the states. Of a
 * channel that is paused nothing may be claimed.
 */
export const look = statement<LookRow>(
  '',
  `select lane.channel, lane.provider,
    (select id from message
      where state = 'queued' and waits_for is null and held is null and channel = lane.channel
        and coalesce(leave_by, 'infinity') > statement_timestamp()
      order by rank, id limit 1) is not null
      and not exists (select from pause where kind = 'all' or (kind = 'channel' and name = lane.channel)) as queued,
    (select id from message where state = 'retrying' and channel = lane.channel and next_at <= statement_timestamp()
      and (only_by is null
        or only_by not in (select provider from unnest($1::text[], $2::text[]) as one (channel, provider) where one.channel = lane.channel))
      order by next_at limit 1) is not null as retries,
    (select id from message where state = 'retrying' and channel = lane.channel and next_at <= statement_timestamp()
      and only_by = lane.provider
      order by next_at limit 1) is not null as bound,
    (select id from message where state = 'in_doubt' and channel = lane.channel and next_at <= statement_timestamp()
      order by next_at limit 1) is not null as doubts,
    (select id from message where state = 'sending' and lease_until < statement_timestamp()
      order by lease_until limit 1) is not null as lapsed,
    health.down_since is not null as down,
    extract(epoch from health.retry_at - statement_timestamp())::float8 * 1000 as retry_in
  from unnest($1::text[], $2::text[]) as lane (channel, provider)
    left join channel_state health on health.channel = lane.channel and health.provider = lane.provider`,
);
