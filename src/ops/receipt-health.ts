import type { Connection } from '../store/connection.js';
import { silentChannels, type SilentChannel } from '../store/receipts/silent-channels.sql.js';
import type { HealthCheck, HealthResult } from './health.js';
import { sparing } from './sparing.js';

/** Most receipts come within minutes. */
const PATIENCE_MINUTES = 180;

/**
 * Whether providers that are to call back ever do, as a warning: an address that was never entered in their panel looks like
 * messages that all of a sudden nobody gets. `publicUrl`: where they are to call.
 */
export function receiptHealth(database: Connection, channels: readonly string[], publicUrl: string): HealthCheck {
  let seen: HealthResult = { status: 'warning', detail: 'not known: the database does not answer' };
  const look = sparing(async () => {
    const silent = await database.run(silentChannels, [channels, PATIENCE_MINUTES]).catch(() => undefined);
    if (silent !== undefined) seen = resultOf(silent, publicUrl);
  });
  return {
    name: 'receipts',
    async check(): Promise<HealthResult> {
      await look();
      return seen;
    },
  };
}

function resultOf(silent: readonly SilentChannel[], publicUrl: string): HealthResult {
  if (silent.length === 0) return { status: 'ok', detail: 'come back, or none is due' };
  return { status: 'warning', detail: silent.map((one) => sentence(one, publicUrl)).join('; ') };
}

function sentence({ channel, messages }: SilentChannel, publicUrl: string): string {
  return (
    `${channel}: no receipt has come for a day, though its provider took ${String(messages)} or more messages ` +
    `hours ago: enter ${publicUrl}/hooks/${channel}/<PEYK_HOOK_SECRET> in the provider's panel, and see that it can be reached`
  );
}
