import { servedChannels } from '../domain/message/message.js';
import type { Database } from '../store/connection.js';
import { outboxDepths } from '../store/engine/outbox-depths.sql.js';
import type { Metrics } from './metrics.js';

/** Reads the outbox when somebody asks for metrics: what has not left, and what is held and why. */
export function outboxGauges(
  metrics: Metrics,
  database: Database,
  unavailable: readonly string[],
): () => Promise<void> {
  return async () => {
    const rows = await database.run(outboxDepths);
    const depths = Object.fromEntries(servedChannels.map((name) => [name, 0]));
    const held: Record<string, number> = { channel_down: 0, channel_unavailable: 0, paused: 0 };
    for (const { channel, depth, down, paused } of rows) {
      depths[channel] = depth;
      held['paused'] = (held['paused'] ?? 0) + paused;
      const reason = unavailable.includes(channel) ? 'channel_unavailable' : down ? 'channel_down' : undefined;
      if (reason !== undefined) held[reason] = (held[reason] ?? 0) + depth;
    }
    metrics.outboxDepth(depths);
    metrics.held(held);
  };
}
