import type { Instant } from '../../domain/time/instant.js';
import { statement } from '../connection.js';

export interface DownChannel {
  readonly channel: string;
  readonly provider: string;
  readonly since: Instant;
  readonly reason: string | null;
}

/** Whose provider takes nothing just now. */
export const downChannels = statement<DownChannel>(
  'outbox-down-channels',
  `select channel, provider, down_since as since, reason from channel_state
   where down_since is not null order by channel, provider`,
);
