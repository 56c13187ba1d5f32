import { statement } from '../connection.js';

/** Messages that have not left, by channel: how many of them are paused, and which of the channel's providers are down. */
export const outboxDepths = statement<{ channel: string; depth: number; paused: number; down: readonly string[] }>(
  'outbox-depths',
  `select m.channel, count(*)::integer as depth,
          count(*) filter (
            where state in ('queued', 'retrying') and (
              exists (select from pause where kind = 'all')
              or m.channel = any (array(select name from pause where kind = 'channel'))
              or m.journey = any (array(select name from pause where kind = 'journey'))
              or m.purpose = any (array(select name from pause where kind = 'purpose')))
          )::integer as paused,
          array(select provider from channel_state s where s.channel = m.channel and s.down_since is not null) as down
   from message m where m.state in ('queued', 'sending', 'retrying', 'in_doubt')
   group by m.channel`,
);
