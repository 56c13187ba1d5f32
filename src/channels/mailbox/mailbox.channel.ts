import type { ChannelName } from '../../domain/message/message.js';
import type { Channel, LookupResult, Outgoing, SendResult } from '../channel.js';
import type { MailboxMemory } from './mailbox-memory.js';

/** Where messages of a mailbox end up: the demo prints them, tests keep them. */
export interface Mailbox {
  delivered(message: Outgoing): void | Promise<void>;
}

export interface MailboxSettings {
  readonly channel: ChannelName;
  readonly concurrency?: number | undefined;
}

/**
 * Stands in for a provider where none is configured: every message is accepted, written down and handed to the mailbox.
 * What is written down has arrived, and is not handed over again.
 */
export class MailboxChannel implements Channel {
  readonly channel: ChannelName;
  readonly provider = 'mailbox';
  readonly concurrency: number;

  constructor(
    settings: MailboxSettings,
    private readonly mailbox: Mailbox,
    private readonly memory: MailboxMemory,
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
      if (!this.memory.has(message.id)) await this.take(message);
      return { kind: 'accepted', providerId: providerId(message.id), cost: undefined };
    } catch {
      return { kind: 'retry', reason: 'the mailbox failed' };
    }
  }

  /** Never throws. */
  readonly lookup = (ids: readonly number[]): Promise<ReadonlyMap<number, LookupResult>> =>
    Promise.resolve(new Map(ids.map((id) => [id, this.find(id)])));

  async close(): Promise<void> {
    // Nothing is open.
  }

  private async take(message: Outgoing): Promise<void> {
    this.memory.keep(message.id, message.content.text);
    try {
      await this.mailbox.delivered(message);
    } catch (error) {
      this.memory.drop(message.id);
      throw error;
    }
  }

  private find(id: number): LookupResult {
    try {
      return this.memory.has(id) ? { kind: 'arrived', providerId: providerId(id) } : { kind: 'never_arrived' };
    } catch {
      return { kind: 'cannot_tell', reason: 'the mailbox cannot be read' };
    }
  }
}

function providerId(id: number): string {
  return `mailbox-${String(id)}`;
}
