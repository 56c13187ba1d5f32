import type { Channel } from './channel.js';
import { ChannelSettingsError } from './channel-settings.error.js';
import { KavenegarChannel, type KavenegarSettings } from './kavenegar/kavenegar.channel.js';
import type { MailboxMemory } from './mailbox/mailbox-memory.js';
import { MailboxChannel, type Mailbox, type MailboxSettings } from './mailbox/mailbox.channel.js';
import { SmtpChannel, type SmtpSettings } from './smtp/smtp.channel.js';

/** One entry for each channel that the policy names; `provider` tells which settings belong to it. */
export type ChannelSettingsInput =
  | ({ readonly provider: 'kavenegar'; readonly channel: 'sms' } & KavenegarSettings)
  | ({ readonly provider: 'smtp'; readonly channel: 'email' } & SmtpSettings)
  | ({ readonly provider: 'mailbox' } & MailboxSettings);

export type ProviderName = ChannelSettingsInput['provider'];

/** A channel that cannot send until its settings are mended; its messages are held. */
export interface UnavailableChannel {
  readonly channel: ChannelSettingsInput['channel'];
  readonly provider: ProviderName;
  readonly reason: string;
}

export interface Channels {
  readonly channels: readonly Channel[];
  readonly unavailable: readonly UnavailableChannel[];
}

/** What the process lends to channels that stay inside it. */
export interface ChannelPorts {
  readonly mailbox: Mailbox;
  /** What the mailbox was given, over the end of a process. */
  readonly memory: MailboxMemory;
}

/** Builds what can be built; the rest is told with its reason, so that one wrong setting never stops the others. */
export function createChannels(settings: readonly ChannelSettingsInput[], ports: ChannelPorts): Channels {
  const channels: Channel[] = [];
  const unavailable: UnavailableChannel[] = [];
  for (const input of settings) {
    try {
      channels.push(create(input, ports));
    } catch (error) {
      if (!(error instanceof ChannelSettingsError)) throw error;
      unavailable.push({ channel: input.channel, provider: input.provider, reason: error.message });
    }
  }
  return { channels, unavailable };
}

/** Registering a provider is one line here and one in `ChannelSettingsInput`. */
function create(settings: ChannelSettingsInput, ports: ChannelPorts): Channel {
  switch (settings.provider) {
    case 'kavenegar':
      return new KavenegarChannel(settings);
    case 'smtp':
      return new SmtpChannel(settings);
    case 'mailbox':
      return new MailboxChannel(settings, ports.mailbox, ports.memory);
  }
}
