import type { Channel } from '../channels/channel.js';
import type { Database } from '../store/connection.js';
import type { LookRow } from '../store/outbox/look.sql.js';
import { takeProbe } from '../store/outbox/take-probe.sql.js';
import type { SenderObserver } from './ports.js';
import type { SenderClock } from './sender-clock.js';
import type { Settler } from './settler.js';
import type { SenderSettings } from './settings.js';

/** Whether a channel's provider takes anything just now; shared with the other senders through the database. */
export class ChannelHealth {
  /** Monotonic; undefined while it is well. */
  private retryAt: number | undefined;

  constructor(
    private readonly channel: Channel,
    private readonly database: Database,
    private readonly settings: SenderSettings,
    private readonly clock: SenderClock,
    private readonly settler: Settler,
    private readonly observer: SenderObserver,
  ) {}

  get isDown(): boolean {
    return this.retryAt !== undefined;
  }

  /** Whether this sender, of all, may try one message now. */
  async mayProbe(): Promise<boolean> {
    const { channel, provider } = this.channel;
    if (this.retryAt === undefined || this.retryAt > this.clock.monotonic() || this.settler.notesPending) return false;
    const rows = await this.database.run(takeProbe, [channel, provider, this.settings.probeAfterMs]);
    return rows.length > 0;
  }

  wentDown(reason: string): void {
    const { channel, provider } = this.channel;
    this.retryAt = this.clock.monotonic() + this.settings.probeAfterMs;
    this.settler.note({ channel, provider, downBecause: reason });
    this.observer.channelDown(channel, provider, reason);
  }

  cameUp(): void {
    const { channel, provider } = this.channel;
    this.retryAt = undefined;
    this.settler.note({ channel, provider, downBecause: undefined });
    this.observer.channelUp(channel, provider);
  }

  /** What the database says; what this sender itself has met and not yet written is newer. */
  heard({ down, retry_in }: LookRow): void {
    if (this.settler.notesPending) return;
    this.retryAt = down ? this.clock.monotonic() + (retry_in ?? 0) : undefined;
  }
}
