import type { Policy } from '../domain/policy/policy.js';
import { printInstant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { downChannels, type DownChannel } from '../store/outbox/down-channels.sql.js';
import type { HealthCheck, HealthResult } from './health.js';

/** Whether a provider refuses everything (no credit, a wrong key), as a warning: somebody has to see to it at the provider. */
export function channelHealth(database: Connection, { channels }: Pick<Policy, 'channels'>): HealthCheck {
  return {
    name: 'channels',
    async check(): Promise<HealthResult> {
      // That the database does not answer is told of by its own check.
      const down = await database.run(downChannels).catch(() => undefined);
      if (down === undefined) return { status: 'warning', detail: 'not known: the database does not answer' };
      const sentences = down.flatMap((one) => sentence(one, providersOf(one.channel, channels)));
      if (sentences.length === 0) return { status: 'ok', detail: 'none is down' };
      return { status: 'warning', detail: sentences.join('; ') };
    },
  };
}

function providersOf(channel: string, channels: Policy['channels']): readonly string[] {
  return [...channels].flatMap(([name, providers]) =>
    name === channel ? providers.map(({ provider }) => provider) : [],
  );
}

/** Nothing of a provider that the policy names no more: what is kept of it stays as it was. */
function sentence({ channel, provider, since, reason }: DownChannel, providers: readonly string[]): readonly string[] {
  if (!providers.includes(provider)) return [];
  const instead = providers.length > 1 ? 'another provider is tried in its place' : 'its messages are held';
  return [
    `${channel} by ${provider} is down since ${printInstant(since)}, ${instead}: ${reason ?? 'nothing was said'}`,
  ];
}
