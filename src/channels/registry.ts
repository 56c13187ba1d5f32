import type { ChannelName } from '../domain/message/message.js';
import type { Channel } from './channel.js';
import { ChannelSettingsError } from './channel-settings.error.js';
import type { Opening, Provider } from './provider.js';
import * as providers from './providers.js';

/** A provider that is to serve a channel. */
export interface Wanted extends Pick<Opening, 'channel' | 'sender'> {
  readonly provider: Provider;
}

/** A channel that cannot send until its settings are mended; its messages are held. */
export interface UnavailableChannel {
  readonly channel: ChannelName;
  readonly provider: string;
  readonly reason: string;
}

export interface Channels {
  readonly channels: readonly Channel[];
  readonly unavailable: readonly UnavailableChannel[];
}

/** The provider of that name, where it serves that channel. */
export function providerFor(channel: ChannelName, name: string): Provider | undefined {
  return Object.values(providers).find(({ provider, channels }) => provider === name && channels.includes(channel));
}

/** Builds what can be built; the rest is told with its reason, so that one wrong setting never stops the others. */
export function createChannels(
  wanted: readonly Wanted[],
  common: Pick<Opening, 'timeoutMs' | 'environment'>,
): Channels {
  const channels: Channel[] = [];
  const unavailable: UnavailableChannel[] = [];
  for (const { provider, channel, sender } of wanted) {
    try {
      channels.push(provider.open({ channel, sender, ...common }));
    } catch (error) {
      if (!(error instanceof ChannelSettingsError)) throw error;
      unavailable.push({ channel, provider: provider.provider, reason: error.message });
    }
  }
  return { channels, unavailable };
}
