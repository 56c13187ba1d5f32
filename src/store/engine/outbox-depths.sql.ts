import { statement } from '../connection.js';

/** Messages that have not left, by channel, and whether the channel is down. */
export const outboxDepths = statement<{ channel: string; depth: number; down: boolean }>(
  'outbox-depths',
  `select m.channel, count(*)::integer as depth,
          exists (select from channel_state s where s.channel = m.channel and s.down_since is not null) as down
   from message m where m.state in ('queued', 'sending', 'retrying', 'in_doubt')
   group by m.channel`,
);
