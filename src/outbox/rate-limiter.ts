import type { Channel } from '../channels/channel.js';
import type { Rate } from '../domain/policy/policy.js';
import type { Database } from '../store/connection.js';
import { giveBackTokens } from '../store/outbox/give-back-tokens.sql.js';
import { makeBuckets } from '../store/outbox/make-buckets.sql.js';
import { takeTokens } from '../store/outbox/take-tokens.sql.js';
import type { RatesOf } from './ports.js';

/**
 * So much may be saved up: what fits in this time, at least one message. A little less than the quarter second that is
 * promised, as messages leave a moment after they were allowed to.
 */
const BURST_MS = 200;

export interface Grant {
  readonly granted: number;
  /** With nothing granted: when it is worth asking again. */
  readonly waitMs: number;
}

interface Bucket {
  readonly name: string;
  readonly perMs: number;
  readonly burst: number;
}

/** Token buckets in the database, shared by all senders: one for the channel, one for the provider's account. */
export class RateLimiter {
  constructor(
    private readonly database: Database,
    private readonly ratesOf: RatesOf,
  ) {}

  /** As many as both buckets have, at most `wanted`. No rate, no statement. */
  async take(channel: Channel, wanted: number): Promise<Grant> {
    const buckets = this.bucketsOf(channel);
    if (buckets.length === 0) return { granted: wanted, waitMs: 0 };
    return (await this.takeFrom(buckets, wanted)) ?? (await this.takeFromNew(buckets, wanted));
  }

  /** What was taken and not used. */
  async giveBack(channel: Channel, count: number): Promise<void> {
    const buckets = this.bucketsOf(channel);
    if (count === 0 || buckets.length === 0) return;
    await this.database.run(giveBackTokens, [buckets.map(({ name }) => name), count]);
  }

  private async takeFromNew(buckets: readonly Bucket[], wanted: number): Promise<Grant> {
    await this.database.run(makeBuckets, [buckets.map(({ name }) => name), buckets.map(({ burst }) => burst)]);
    return (await this.takeFrom(buckets, wanted)) ?? { granted: 0, waitMs: 1_000 };
  }

  private async takeFrom(buckets: readonly Bucket[], wanted: number): Promise<Grant | undefined> {
    const rows = await this.database.run(takeTokens, [
      buckets.map(({ name }) => name),
      buckets.map(({ perMs }) => perMs),
      buckets.map(({ burst }) => burst),
      wanted,
    ]);
    const [first] = rows;
    return first && { granted: first.granted, waitMs: Math.max(...rows.map((row) => row.wait_ms)) };
  }

  private bucketsOf(channel: Channel): readonly Bucket[] {
    const rates = this.ratesOf(channel);
    return [
      ...bucketOf(`${channel.channel}/${channel.provider}`, rates.channel),
      ...bucketOf(channel.provider, rates.account),
    ];
  }
}

function bucketOf(name: string, rate: Rate | undefined): readonly Bucket[] {
  if (rate === undefined) return [];
  const perMs = rate.messages / rate.per;
  return [{ name, perMs, burst: Math.max(1, Math.floor(perMs * BURST_MS)) }];
}
