import { randomUUID } from 'node:crypto';
import type { Channel } from '../channels/channel.js';
import { reach } from '../crash-points.js';
import type { Database } from '../store/connection.js';
import { claim, type ClaimRow } from '../store/outbox/claim.sql.js';
import { giveBackLeases } from '../store/outbox/give-back-leases.sql.js';
import { takeBound } from '../store/outbox/take-bound.sql.js';
import { claimedFrom, type Claimed } from './claimed.js';
import { Lease, type DatabaseClock, type SenderClock } from './sender-clock.js';

export interface Haul {
  readonly messages: readonly Claimed[];
  /** There was nothing more that may leave now. */
  readonly exhausted: boolean;
}

const WIDEST = 2_000;

/** Claims messages for one channel. */
export class Claims {
  /** How far to look past messages that have to wait for another. */
  private window = 0;
  /** Tokens of claims whose answer never came, and which may have been committed. */
  private readonly unanswered: string[] = [];

  constructor(
    private readonly database: Database,
    private readonly channel: Channel,
    private readonly leaseMs: number,
    private readonly clock: SenderClock,
    private readonly databaseClock: DatabaseClock,
    /** The channel's providers that stand before this one. */
    private readonly before: readonly string[] = [],
  ) {}

  async take(count: number, probe: boolean): Promise<Haul> {
    await this.giveBackUnanswered();
    const window = Math.max(count, this.window);
    const lease = new Lease(randomUUID(), this.leaseMs, this.clock);
    reach('claim.asked');
    const rows = await this.run(lease, count, window, probe);
    const messages = rows.flatMap(({ id, ...row }) =>
      id === null ? [] : [claimedFrom({ ...row, id }, this.channel, lease, probe)],
    );
    if (messages.length > 0) reach('claim.taken');
    return { messages, exhausted: this.heard(rows[0], count, window, messages.length) };
  }

  /** What nobody else may send again, as it may have arrived by this provider. */
  async takeBound(count: number, probe: boolean): Promise<readonly Claimed[]> {
    const { channel, provider } = this.channel;
    const lease = new Lease(randomUUID(), this.leaseMs, this.clock);
    try {
      const rows = await this.database.run(takeBound, [channel, provider, count, lease.token, this.leaseMs]);
      return rows.map((row) => ({ ...claimedFrom(row, this.channel, lease, probe), bound: true }));
    } catch (error) {
      this.unanswered.push(lease.token);
      throw error;
    }
  }

  private async run(lease: Lease, count: number, window: number, probe: boolean): Promise<ClaimRow[]> {
    const { channel, provider } = this.channel;
    try {
      return await this.database.run(claim, [
        channel,
        provider,
        count,
        window,
        lease.token,
        this.leaseMs,
        probe,
        this.before,
      ]);
    } catch (error) {
      this.unanswered.push(lease.token);
      throw error;
    }
  }

  private heard(row: ClaimRow | undefined, count: number, window: number, taken: number): boolean {
    if (row === undefined) return true;
    this.databaseClock.heard(row.at);
    const exhausted = row.examined < window;
    this.window = !exhausted && taken < count ? Math.min(WIDEST, window * 4) : 0;
    // Nothing moved: the forerunners are in others' hands just now, who will be done with them soon.
    return exhausted || (taken === 0 && row.parked === 0 && window >= WIDEST);
  }

  private async giveBackUnanswered(): Promise<void> {
    if (this.unanswered.length === 0) return;
    const tokens = [...this.unanswered];
    await this.database.run(giveBackLeases, [tokens]);
    this.unanswered.splice(0, tokens.length);
  }
}
