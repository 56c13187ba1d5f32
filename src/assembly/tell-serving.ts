import type { Channels } from '../channels/registry.js';
import type { Journey } from '../domain/journey/journey.js';
import type { Logger } from '../ops/log.js';
import { sendsOn } from './open-channels.js';

interface Serving {
  readonly journeys: readonly Pick<Journey, 'name' | 'draft'>[];
  /** Journeys that start nobody here, with what they need. */
  readonly notRun: ReadonlyMap<string, readonly string[]>;
  readonly channels: Channels;
}

/** What an operator wants to see of a start, in two lines: who is served, who is not and why, and how messages leave. */
export function tellServing({ journeys, notRun, channels }: Serving, log: Logger): void {
  const served = journeys.filter(({ name, draft }) => !draft && !notRun.has(name)).map(({ name }) => name);
  const others = journeys.flatMap(({ name, draft }) => {
    const missing = notRun.get(name);
    if (draft) return [`${name} (a draft)`];
    return missing === undefined ? [] : [`${name} (needs ${missing.join(', ')})`];
  });
  log.info(`journeys served: ${listed(served)}; not served: ${listed(others)}`);
  log.info(`channels: ${listed(channelsOf(channels))}`);
}

function channelsOf({ channels, unavailable }: Channels): readonly string[] {
  const open = [...new Set(channels.map(({ channel }) => channel))].map((channel) => {
    const providers = channels.filter((one) => one.channel === channel).map(({ provider }) => provider);
    return `${channel} by ${providers.join(' or ')}`;
  });
  const shut = unavailable.filter(({ channel }) => !sendsOn(channel, { channels }));
  return [...open, ...shut.map(({ channel }) => `${channel} holds its messages`)];
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
