import { servedChannels } from '../domain/message/message.js';
import type { Database } from '../store/connection.js';
import { heldCounts } from '../store/engine/held-counts.sql.js';
import { outboxDepths } from '../store/engine/outbox-depths.sql.js';
import type { Metrics } from './metrics.js';
import { sparing } from './sparing.js';

const reasons = [
  'channel_down',
  'channel_unavailable',
  'paused',
  'paused_timers',
  'quiet_hours',
  'capped',
  'blackout',
] as const;

export interface ProviderOfChannel {
  readonly channel: string;
  readonly provider: string;
}

/** Reads the outbox when somebody asks for metrics: what has not left, and what is held and why. */
export function outboxGauges(
  metrics: Metrics,
  database: Database,
  unavailable: readonly string[],
  providers: readonly ProviderOfChannel[] = [],
): () => Promise<void> {
  return sparing(async () => {
    const [rows, heldRows] = await Promise.all([database.run(outboxDepths), database.run(heldCounts)]);
    const depths = Object.fromEntries(servedChannels.map((name) => [name, 0]));
    const held: Record<string, number> = Object.fromEntries(reasons.map((reason) => [reason, 0]));
    const add = (reason: string, count: number): void => void (held[reason] = (held[reason] ?? 0) + count);
    for (const { reason, held: count } of heldRows) add(reason, count);
    for (const { channel, depth, down, paused } of rows) {
      depths[channel] = depth;
      add('paused', paused);
      if (unavailable.includes(channel)) add('channel_unavailable', depth);
      else if (isDown(channel, down, providers)) add('channel_down', depth);
    }
    metrics.outboxDepth(depths);
    metrics.held(held);
  });
}

/** While one of its providers is well, a channel sends. */
function isDown(name: string, down: readonly string[], providers: readonly ProviderOfChannel[]): boolean {
  const all = providers.filter(({ channel }) => channel === name);
  return down.length > 0 && all.every(({ provider }) => down.includes(provider));
}
