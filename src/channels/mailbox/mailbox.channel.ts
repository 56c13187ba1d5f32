import type { ChannelName } from '../../domain/message/message.js';
import type { Channel, Outgoing, SendResult } from '../channel.js';

/** Where messages of a mailbox end up: the demo prints them, tests keep them. */
export interface Mailbox {
  delivered(message: Outgoing): void | Promise<void>;
}

export interface MailboxSettings {
  readonly channel: ChannelName;
  readonly concurrency?: number | undefined;
}

/** Stands in for a provider where none is configured: every message is accepted and handed to the mailbox. */
export class MailboxChannel implements Channel {
  readonly channel: ChannelName;
  readonly provider = 'mailbox';
  readonly concurrency: number;
  readonly lookup = undefined;

  constructor(
    settings: MailboxSettings,
    private readonly mailbox: Mailbox,
  ) {
    this.channel = settings.channel;
    this.concurrency = settings.concurrency ?? 10;
  }

  async send(message: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    if (message.content.channel !== this.channel) {
      return { kind: 'rejected', reason: `this mailbox takes ${this.channel} only` };
    }
    if (signal?.aborted === true) return { kind: 'retry', reason: 'called off before it was sent' };
    try {
      await this.mailbox.delivered(message);
      return { kind: 'accepted', providerId: `mailbox-${String(message.id)}`, cost: undefined };
    } catch {
      return { kind: 'retry', reason: 'the mailbox failed' };
    }
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}
