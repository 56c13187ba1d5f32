import type { Channel, SendResult } from '../channels/channel.js';
import type { Database } from '../store/connection.js';
import type { LookRow } from '../store/outbox/look.sql.js';
import { giveBackProbe } from '../store/outbox/give-back-probe.sql.js';
import { takeProbe } from '../store/outbox/take-probe.sql.js';
import type { Breaker } from './breaker.js';
import type { SenderObserver } from './ports.js';
import type { SenderClock } from './sender-clock.js';
import type { Settler } from './settler.js';
import type { SenderSettings } from './settings.js';

/** A probe that found nothing to try with is repeated this soon. */
const PROBE_AGAIN_MS = 1_000;

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
    /** Where another provider can send in its place: failures count. */
    private readonly breaker?: Breaker,
  ) {}

  get isDown(): boolean {
    return this.retryAt !== undefined;
  }

  /** It is time to try one message. */
  get probeIsDue(): boolean {
    return this.retryAt !== undefined && this.retryAt <= this.clock.monotonic() && !this.settler.notesPending;
  }

  /** Whether this sender, of all, may try one message now: `inHand`, one that it has already, else one of the queue. */
  async mayProbe(inHand = false): Promise<boolean> {
    const { channel, provider } = this.channel;
    if (!this.probeIsDue) return false;
    const { probeAfterMs } = this.settings;
    const rows = await this.database.run(takeProbe, [channel, provider, probeAfterMs, inHand]);
    const mayProbe = rows.length > 0;
    if (this.isDown) this.retryAt = this.clock.monotonic() + (mayProbe ? probeAfterMs : this.soon);
    return mayProbe;
  }

  /** There was no message to try with. */
  async probeUnused(): Promise<void> {
    const { channel, provider } = this.channel;
    this.retryAt = this.clock.monotonic() + this.soon;
    await this.database.run(giveBackProbe, [channel, provider, this.soon]);
  }

  private get soon(): number {
    return Math.min(PROBE_AGAIN_MS, this.settings.probeAfterMs);
  }

  /** A call ended; `probe`: it was to try whether a provider that is down is well again. */
  heardOf(result: SendResult, probe: boolean): void {
    if (result.kind === 'channel_down') this.wentDown(result.reason);
    else if (probe && result.kind === 'accepted') this.cameUp();
    else if (!this.isDown) this.count(result);
  }

  private count(result: SendResult): void {
    const reason = this.breaker?.heard(result);
    if (reason !== undefined) this.wentDown(reason);
  }

  private wentDown(reason: string): void {
    const { channel, provider } = this.channel;
    this.retryAt = this.clock.monotonic() + this.settings.probeAfterMs;
    this.settler.note({ channel, provider, downBecause: reason });
    this.observer.channelDown(channel, provider, reason);
  }

  private cameUp(): void {
    this.breaker?.reset();
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
