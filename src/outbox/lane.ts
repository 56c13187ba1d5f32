import type { Channel } from '../channels/channel.js';
import { isPaused, type Pause } from '../domain/pause.js';
import type { ChannelHealth } from './channel-health.js';
import type { Claimed } from './claimed.js';
import type { Claims } from './claims.js';
import type { Deliveries } from './deliveries.js';
import type { Heir } from './hand-over.js';
import { Hand } from './hand.js';
import type { Pace } from './pace.js';
import type { SenderObserver } from './ports.js';
import type { Settler } from './settler.js';
import type { TokenLine } from './token-line.js';

export interface LaneParts {
  readonly health: ChannelHealth;
  readonly claims: Claims;
  readonly deliveries: Deliveries;
  readonly pace: Pace;
  readonly tokens: TokenLine;
  readonly settler: Settler;
  readonly observer: SenderObserver;
  /** The lanes of the channel's providers that stand before this one: while one of them is well, this one stands by. */
  readonly before: readonly Lane[];
}

const LONGEST_PAUSE_MS = 5_000;
const LONGEST_TOKEN_WAIT_MS = 1_000;

/** The messages that go to one provider of a channel: keeps its slots busy, and claims the next while calls are under way. */
export class Lane implements Heir {
  private readonly hand = new Hand();
  private underWay = 0;
  /** Messages that they are for. */
  private calledFor = 0;
  /** There may be something to claim. */
  private hungry = false;
  private claiming = false;
  private takingBound = false;
  private refilling: Promise<void> | undefined;
  private stopping = false;
  private failures = 0;
  private pauseTimer: NodeJS.Timeout | undefined;
  private ended: (() => void) | undefined;
  private pauses: readonly Pause[] = [];

  constructor(
    readonly channel: Channel,
    private readonly parts: LaneParts,
  ) {}

  get health(): ChannelHealth {
    return this.parts.health;
  }

  get provider(): string {
    return this.channel.provider;
  }

  /** Messages whose calls are not over, or whose outcomes are not decided yet. */
  get messagesUnderWay(): number {
    return this.calledFor;
  }

  get isDown(): boolean {
    return this.health.isDown;
  }

  /** There may be something to claim. */
  wake(): void {
    this.hungry = true;
    this.advance();
  }

  /** Goes on with what another provider of the channel cannot take; they are under their leases already. */
  adopt(messages: readonly Claimed[]): void {
    this.hand.adopt(messages);
    this.giveBackPaused();
    this.wake();
  }

  /** Goes on with what it perhaps has sent already, and nobody else may send; also while it stands by. */
  async takeBound(): Promise<void> {
    if (this.stopping || this.takingBound) return;
    this.takingBound = true;
    try {
      const probe = this.isDown && (await this.health.mayProbe(true));
      if (this.isDown && !probe) return;
      const room = probe ? 1 : this.room() - this.hand.waitingForTokens;
      const messages = room > 0 ? await this.parts.claims.takeBound(room, probe) : [];
      this.adopt(messages);
      if (probe && messages.length === 0) await this.health.probeUnused();
    } finally {
      this.takingBound = false;
      this.advance();
    }
  }

  /** What is paused since the last claim: messages in hand go back. Whatever is claimed later has been asked about. */
  heardOfPauses(pauses: readonly Pause[]): void {
    this.pauses = pauses;
    this.giveBackPaused();
  }

  /** Goes on with what it can: calls, a claim, its end. */
  advance(): void {
    this.startCalls();
    if (this.wantsMore()) this.refilling = this.refill();
    if (this.stopping && this.underWay === 0 && !this.claiming && !this.takingBound) this.ended?.();
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
    this.parts.deliveries.abort();
  }

  /** Whoever stands behind it lets it try first: else a message that comes seldom would never be there to try with. */
  private async probeFirst(): Promise<void> {
    if (!this.isDown) return;
    const mayBegin = !this.claiming && !this.stopping && this.pauseTimer === undefined && this.health.probeIsDue;
    if (mayBegin) this.refilling = this.refill();
    await this.refilling;
  }

  private get standsBy(): boolean {
    return this.parts.before.some((lane) => !lane.isDown);
  }

  private startCalls(): void {
    if (this.stopping || this.isDown) this.giveBackInHand();
    while (this.underWay < this.channel.concurrency) {
      const messages = this.hand.take(this.channel.many?.atMost ?? 1);
      if (messages.length === 0) return;
      void this.deliver(messages);
    }
  }

  private async deliver(messages: readonly Claimed[]): Promise<void> {
    this.underWay += 1;
    this.calledFor += messages.length;
    const wasDown = this.isDown;
    try {
      this.hand.putHalves(await this.parts.deliveries.make(messages));
      this.giveBackPaused();
    } catch (error) {
      // Their leases lapse, and they come into doubt.
      this.parts.observer.trouble('deliver', error);
    }
    if (!this.isDown && wasDown) this.hungry = true;
    this.underWay -= 1;
    this.calledFor -= messages.length;
    this.parts.pace.done(messages.length);
    this.advance();
  }

  /** A probe is sent although its channel is down. */
  private giveBackInHand(): void {
    this.giveBack((message) => this.stopping || !message.probe);
  }

  private giveBackPaused(): void {
    if (this.pauses.length > 0) this.giveBack((message) => isPaused(this.pauses, message));
  }

  private giveBack(isMeant: (message: Claimed) => boolean): void {
    for (const message of this.hand.remove(isMeant)) this.parts.deliveries.giveBack(message);
  }

  private wantsMore(): boolean {
    if (!this.hungry || this.claiming || this.stopping || this.pauseTimer !== undefined) return false;
    if (this.standsBy && this.hand.waitingForTokens === 0) return false;
    return !this.parts.settler.stuck && this.room() > 0 && this.hand.size <= this.parts.pace.readAhead() / 2;
  }

  private room(): number {
    return this.channel.concurrency + this.parts.pace.readAhead() - this.underWay - this.hand.size;
  }

  private async refill(): Promise<void> {
    this.claiming = true;
    try {
      // Whoever wakes it during the claim is heard.
      this.hungry = false;
      if ((await this.takeAdopted()) && !this.standsBy) await this.claimSome();
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

  /** False: there are not enough tokens just now. */
  private async takeAdopted(): Promise<boolean> {
    const wanted = this.hand.waitingForTokens;
    if (wanted === 0) return true;
    const { granted, waitMs } = await this.parts.tokens.take(wanted);
    const used = this.hand.putAdopted(granted);
    this.startCalls();
    await this.parts.tokens.giveBack(granted - used);
    if (this.hand.waitingForTokens === 0) return true;
    this.waitForTokens(waitMs);
    return false;
  }

  private async claimSome(): Promise<void> {
    const { health, tokens, claims, before } = this.parts;
    for (const lane of before) await lane.probeFirst();
    const probe = health.isDown && (await health.mayProbe());
    if (health.isDown && !probe) return;
    const { granted, waitMs } = await tokens.take(probe ? 1 : this.room());
    if (granted === 0) {
      this.waitForTokens(waitMs);
      return;
    }
    const known = this.pauses;
    const { messages, exhausted } = await claims.take(granted, probe);
    this.hand.put(messages);
    // What was paused while it was claimed, it may have missed.
    if (this.pauses !== known) this.giveBackPaused();
    if (!exhausted) this.hungry = true;
    this.startCalls();
    await tokens.giveBack(granted - messages.length);
    if (probe && messages.length === 0) await health.probeUnused();
  }

  private waitForTokens(waitMs: number): void {
    this.hungry = true;
    this.pause(Math.min(Math.max(waitMs, 5), LONGEST_TOKEN_WAIT_MS));
  }

  private pause(ms: number): void {
    if (this.stopping) return;
    this.pauseTimer = setTimeout(() => {
      this.pauseTimer = undefined;
      this.advance();
    }, ms);
  }
}
