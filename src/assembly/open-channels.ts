import path from 'node:path';
import type { Mailbox } from '../channels/mailbox/mailbox.channel.js';
import { MailboxMemory } from '../channels/mailbox/mailbox-memory.js';
import { mailboxProvider } from '../channels/mailbox/provider.js';
import type { Provider } from '../channels/provider.js';
import { createChannels, providerFor, type Channels, type Wanted } from '../channels/registry.js';
import type { Config } from '../config/config.js';
import type { ChannelName } from '../domain/message/message.js';
import type { ChannelSettings, Policy } from '../domain/policy/policy.js';
import type { Workspace } from '../domain/workspace.js';
import { StartError } from '../main.js';
import { usedChannels } from './used-channels.js';

/** The longest that one call of a provider may take; the sender's lease is several times that. */
export const CALL_TIMEOUT = 8_000;

/** The channels that messages may leave on, with what the environment knows of their providers. */
export function openChannels(
  workspace: Pick<Workspace, 'policy' | 'journeys'>,
  config: Config,
  mailbox: Mailbox | undefined,
  timeoutMs: number,
): Channels {
  const { policy } = workspace;
  const { named, perhaps } = usedChannels(workspace);
  const standIn = mailbox && mailboxProvider(mailbox, new MailboxMemory(path.join(config.dataDir, 'mailbox')));
  const open = (channels: readonly ChannelName[]): Channels => {
    const wanted = channels.flatMap((channel) => wantedFor(channel, policy, standIn));
    return createChannels(wanted, { timeoutMs, environment: config });
  };
  const needed = open(named);
  const built = perhaps.filter((channel) => standIn !== undefined || isBuilt(channel, policy));
  // What nobody names and nobody has configured is no lack.
  return { channels: [...needed.channels, ...open(built).channels], unavailable: needed.unavailable };
}

/** Whether some provider of that channel can send. */
export function sendsOn(channel: string, { channels }: Pick<Channels, 'channels'>): boolean {
  return channels.some((one) => one.channel === channel);
}

/** What the policy says of a channel's provider; a mailbox that stands in for all goes by the first. */
export function settingsOf(policy: Policy, channel: ChannelName, provider: string): ChannelSettings | undefined {
  const settings = policy.channels.get(channel);
  return settings?.find((one) => one.provider === provider) ?? settings?.[0];
}

/** Of each provider of a channel, the one to use first before the others. */
function wantedFor(channel: ChannelName, policy: Policy, standIn: Provider | undefined): readonly Wanted[] {
  const settings = policy.channels.get(channel);
  if (settings === undefined) {
    throw new StartError(
      `journeys/policy.yaml: messages are to leave by ${channel}, and \`channels:\` has no entry for it`,
      undefined,
    );
  }
  if (standIn !== undefined) return [{ provider: standIn, channel, sender: undefined }];
  refuseTwice(channel, settings);
  return settings.map(({ provider: name, sender }) => {
    const provider = providerFor(channel, name);
    if (provider !== undefined) return { provider, channel, sender };
    throw new StartError(`journeys/policy.yaml: ${name} cannot send ${channel}`, undefined);
  });
}

function refuseTwice(channel: ChannelName, settings: readonly ChannelSettings[]): void {
  const names = settings.map(({ provider }) => provider);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new StartError(`journeys/policy.yaml: ${channel} names ${twice} twice; name each provider once`, undefined);
  }
}

function isBuilt(channel: ChannelName, policy: Policy): boolean {
  const settings = policy.channels.get(channel) ?? [];
  return settings.every(({ provider }) => providerFor(channel, provider) !== undefined);
}
