import { setMaxListeners } from 'node:events';
import type { Channel } from '../channels/channel.js';
import { isPaused, type Pause } from '../domain/pause.js';
import type { ChannelHealth } from './channel-health.js';
import type { Claimed } from './claimed.js';
import type { Claims } from './claims.js';
import type { Courier, Delivery } from './courier.js';
import type { Pace } from './pace.js';
import type { SenderObserver } from './ports.js';
import type { RateLimiter } from './rate-limiter.js';
import type { SenderClock } from './sender-clock.js';
import type { Settler } from './settler.js';

export interface LaneParts {
  readonly health: ChannelHealth;
  readonly claims: Claims;
  readonly courier: Courier;
  readonly pace: Pace;
  readonly limiter: RateLimiter;
  readonly settler: Settler;
  readonly clock: SenderClock;
  readonly observer: SenderObserver;
}

const LONGEST_PAUSE_MS = 5_000;
const LONGEST_TOKEN_WAIT_MS = 1_000;

/** The messages of one channel: keeps its slots busy, and claims the next while calls are under way. */
export class Lane {
  private readonly inHand: Claimed[] = [];
  private readonly abort = new AbortController();
  private underWay = 0;
  /** There may be something to claim. */
  private hungry = false;
  private claiming = false;
  private stopping = false;
  private failures = 0;
  private pauseTimer: NodeJS.Timeout | undefined;
  private waitingForTokensSince: number | undefined;
  private ended: (() => void) | undefined;
  private pauses: readonly Pause[] = [];

  constructor(
    readonly channel: Channel,
    private readonly parts: LaneParts,
  ) {
    // Each call under way listens to it; more than ten is no leak.
    setMaxListeners(0, this.abort.signal);
  }

  get health(): ChannelHealth {
    return this.parts.health;
  }

  /** There may be something to claim. */
  wake(): void {
    this.hungry = true;
    this.advance();
  }

  /** What is paused since the last claim: messages in hand go back. Whatever is claimed later has been asked about. */
  heardOfPauses(pauses: readonly Pause[]): void {
    this.pauses = pauses;
    this.giveBackPaused();
  }

  /** Goes on with what it can: calls, a claim, its end. */
  advance(): void {
    this.startCalls();
    if (this.wantsMore()) void this.refill();
    if (this.stopping && this.underWay === 0 && !this.claiming) this.ended?.();
  }

  /** Claims nothing more, gives back what was not called for, and resolves when the calls under way are over. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pauseTimer);
    this.giveBackInHand();
    await new Promise<void>((resolve) => {
      this.ended = resolve;
      this.advance();
    });
  }

  /** Aborts what its channel has not written yet. */
  abortCalls(): void {
    this.abort.abort();
  }

  private startCalls(): void {
    if (this.stopping || this.parts.health.isDown) this.giveBackInHand();
    while (this.underWay < this.channel.concurrency) {
      const message = this.inHand.shift();
      if (message === undefined) return;
      void this.deliver(message);
    }
  }

  private async deliver(message: Claimed): Promise<void> {
    this.underWay += 1;
    try {
      const { courier } = this.parts;
      const delivery = await courier.deliver(this.channel, message, this.abort.signal, (late) => {
        if (late.settlement.kind === 'sent') this.settle(message, late);
      });
      this.noteHealth(message, delivery);
      this.settle(message, delivery);
    } catch (error) {
      // Its lease lapses, and it comes into doubt.
      this.parts.observer.trouble('deliver', error);
    }
    this.underWay -= 1;
    this.parts.pace.done();
    this.advance();
  }

  private noteHealth(message: Claimed, { result }: Delivery): void {
    if (result?.kind === 'channel_down') this.parts.health.wentDown(result.reason);
    if (result?.kind === 'accepted' && message.probe) {
      this.parts.health.cameUp();
      this.hungry = true;
    }
  }

  private settle(message: Claimed, { settlement }: Delivery): void {
    const { channel, provider } = message;
    if (settlement.kind === 'in_doubt') this.parts.observer.inDoubt(channel, provider, 1);
    this.parts.settler.add({ message, lease: message.lease.token, settlement });
  }

  /** A probe is sent although its channel is down. */
  private giveBackInHand(): void {
    const kept = this.stopping ? [] : this.inHand.filter(({ probe }) => probe);
    if (kept.length === this.inHand.length) return;
    for (const message of this.inHand.splice(0)) {
      if (!kept.includes(message)) this.settle(message, { settlement: { kind: 'untouched' } });
    }
    this.inHand.push(...kept);
  }

  private giveBackPaused(): void {
    if (this.pauses.length === 0) return;
    for (const message of this.inHand.splice(0)) {
      if (isPaused(this.pauses, message)) this.settle(message, { settlement: { kind: 'untouched' } });
      else this.inHand.push(message);
    }
  }

  private wantsMore(): boolean {
    if (!this.hungry || this.claiming || this.stopping || this.pauseTimer !== undefined) return false;
    return !this.parts.settler.stuck && this.room() > 0 && this.inHand.length <= this.parts.pace.readAhead() / 2;
  }

  private room(): number {
    return this.channel.concurrency + this.parts.pace.readAhead() - this.underWay - this.inHand.length;
  }

  private async refill(): Promise<void> {
    this.claiming = true;
    try {
      await this.claimSome();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.hungry = true;
      this.parts.observer.trouble('claim', error);
      this.pause(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** this.failures));
    }
    this.claiming = false;
    this.advance();
  }

  private async claimSome(): Promise<void> {
    const { health, limiter, claims } = this.parts;
    // Whoever wakes it during the claim is heard.
    this.hungry = false;
    const probe = health.isDown && (await health.mayProbe());
    if (health.isDown && !probe) return;
    const { granted, waitMs } = await limiter.take(this.channel, probe ? 1 : this.room());
    if (granted === 0) {
      this.waitForTokens(waitMs);
      return;
    }
    this.tokensCame();
    const known = this.pauses;
    const { messages, exhausted } = await claims.take(granted, probe);
    this.inHand.push(...messages);
    // What was paused while it was claimed, it may have missed.
    if (this.pauses !== known) this.giveBackPaused();
    if (!exhausted) this.hungry = true;
    this.startCalls();
    await limiter.giveBack(this.channel, granted - messages.length);
  }

  private waitForTokens(waitMs: number): void {
    this.hungry = true;
    this.waitingForTokensSince ??= this.parts.clock.monotonic();
    this.pause(Math.min(Math.max(waitMs, 5), LONGEST_TOKEN_WAIT_MS));
  }

  private tokensCame(): void {
    if (this.waitingForTokensSince === undefined) return;
    const { channel, provider } = this.channel;
    const seconds = (this.parts.clock.monotonic() - this.waitingForTokensSince) / 1_000;
    this.waitingForTokensSince = undefined;
    this.parts.observer.rateWait(channel, provider, seconds);
  }

  private pause(ms: number): void {
    if (this.stopping) return;
    this.pauseTimer = setTimeout(() => {
      this.pauseTimer = undefined;
      this.advance();
    }, ms);
  }
}
