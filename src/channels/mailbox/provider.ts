import { channelNames } from '../../domain/message/message.js';
import type { Provider } from '../provider.js';
import type { MailboxMemory } from './mailbox-memory.js';
import { MailboxChannel, type Mailbox } from './mailbox.channel.js';

/** Stands in for every provider; no policy can name it. `memory`: what it was given, over the end of a process. */
export function mailboxProvider(mailbox: Mailbox, memory: MailboxMemory): Provider {
  return {
    provider: 'mailbox',
    channels: channelNames,
    open: ({ channel }) => new MailboxChannel({ channel, concurrency: 32 }, mailbox, memory),
  };
}
