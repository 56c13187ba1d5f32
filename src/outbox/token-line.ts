import type { Channel } from '../channels/channel.js';
import type { SenderObserver } from './ports.js';
import type { Grant, RateLimiter } from './rate-limiter.js';
import type { SenderClock } from './sender-clock.js';

/** Takes tokens for one provider of a channel, and tells how long it had to wait for them. */
export class TokenLine {
  private waitingSince: number | undefined;

  constructor(
    private readonly channel: Channel,
    private readonly limiter: RateLimiter,
    private readonly clock: SenderClock,
    private readonly observer: Pick<SenderObserver, 'rateWait'>,
  ) {}

  async take(wanted: number): Promise<Grant> {
    const grant = await this.limiter.take(this.channel, wanted);
    if (grant.granted === 0) this.waitingSince ??= this.clock.monotonic();
    else this.tokensCame();
    return grant;
  }

  /** What was taken and not used. */
  async giveBack(count: number): Promise<void> {
    await this.limiter.giveBack(this.channel, count);
  }

  private tokensCame(): void {
    if (this.waitingSince === undefined) return;
    const { channel, provider } = this.channel;
    const seconds = (this.clock.monotonic() - this.waitingSince) / 1_000;
    this.waitingSince = undefined;
    this.observer.rateWait(channel, provider, seconds);
  }
}
