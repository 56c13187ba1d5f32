import type { BegunChat } from './channel.js';
import { ChannelSettingsError } from './channel-settings.error.js';
import type { ProviderEnvironment } from './provider.js';
import { providerFor } from './registry.js';

/** Channels on which a customer begins a chat with our bot before we can write to them. */
export const messengers = ['telegram', 'bale'] as const;
export type Messenger = (typeof messengers)[number];

/** A link that begins a chat with our bot and brings the code back, or why there is none. */
export type BeginChat = (messenger: Messenger, code: string) => Promise<BegunChat>;

const CALL_TIMEOUT = 5_000;

/** By the messengers that the environment has bots of, whether messages leave there or not. */
export function beginChatBy(environment: ProviderEnvironment): BeginChat {
  return async (messenger, code) => {
    const provider = providerFor(messenger, messenger);
    if (provider === undefined) return { kind: 'fails', reason: 'it is not built in' };
    try {
      const channel = provider.open({ channel: messenger, sender: undefined, timeoutMs: CALL_TIMEOUT, environment });
      const begun = await channel.beginChat?.(code);
      await channel.close();
      return begun ?? { kind: 'fails', reason: 'nobody begins a chat there' };
    } catch (error) {
      if (error instanceof ChannelSettingsError) return { kind: 'fails', reason: error.message };
      throw error;
    }
  };
}
