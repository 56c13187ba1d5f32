import path from 'node:path';
import type { Channels, ChannelSettingsInput } from '../channels/registry.js';
import { createChannels } from '../channels/registry.js';
import type { Mailbox } from '../channels/mailbox/mailbox.channel.js';
import { MailboxMemory } from '../channels/mailbox/mailbox-memory.js';
import type { Config } from '../config/config.js';
import type { ChannelName } from '../domain/message/message.js';
import { channelsTried } from '../domain/policy/channel-order.js';
import type { ChannelSettings, Policy } from '../domain/policy/policy.js';
import { StartError } from '../main.js';

/** The longest that one call of a provider may take; the sender's lease is several times that. */
export const CALL_TIMEOUT = 8_000;
/** Calls under way at once. */
const CONCURRENCY = { kavenegar: 32, smtp: 5, mailbox: 32 };

/** The policy's channels with what the environment knows of their providers. */
export function openChannels(
  policy: Policy,
  config: Config,
  mailbox: Mailbox | undefined,
  timeoutMs: number,
): Channels {
  const settings = channelsTried(policy.channelOrder).map((channel) => ({
    ...settingsFor(channel, policy, config, mailbox !== undefined),
    timeoutMs,
  }));
  return createChannels(settings, {
    mailbox: mailbox ?? { delivered: () => undefined },
    memory: new MailboxMemory(path.join(config.dataDir, 'mailbox')),
  });
}

function settingsFor(channel: ChannelName, policy: Policy, config: Config, standIn: boolean): ChannelSettingsInput {
  const settings = policy.channels.get(channel)?.[0];
  if (settings === undefined) {
    throw new StartError(
      `journeys/policy.yaml: channel_order names ${channel}, and \`channels:\` has no entry for it`,
      undefined,
    );
  }
  if (standIn) return { provider: 'mailbox', channel, concurrency: CONCURRENCY.mailbox };
  return providerSettings(channel, settings, config);
}

function providerSettings(
  channel: ChannelName,
  { provider, sender }: ChannelSettings,
  config: Config,
): ChannelSettingsInput {
  const { kavenegar, smtpUrl } = config;
  if (provider === 'kavenegar' && channel === 'sms') {
    return { provider, channel, sender, ...kavenegar, concurrency: CONCURRENCY.kavenegar };
  }
  if (provider === 'smtp' && channel === 'email')
    return { provider, channel, sender, url: smtpUrl, concurrency: CONCURRENCY.smtp };
  throw new StartError(`journeys/policy.yaml: ${provider} cannot send ${channel}`, undefined);
}
