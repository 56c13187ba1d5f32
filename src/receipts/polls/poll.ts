import type { Instant } from '../../domain/time/instant.js';

/** Something that is asked every now and then, by one process at a time. */
export interface Poll {
  readonly name: string;
  readonly everyMs: number;
  /** `until`: up to where it is known, undefined at first. Gives up to where it is known now; a failure leaves that as it is. */
  ask(now: Instant, until: Instant | undefined): Promise<Instant | undefined>;
}

/** What we ask of a provider that cannot call us. Each rejects when it cannot be asked. */
export interface Asked {
  /** Unread replies to a line, up to 100: they are marked as read. */
  receive(line: string): Promise<readonly AskedReply[]>;
  /** Replies to a line since an instant, two days ago at most, read or not. */
  inbox(line: string, since: Instant): Promise<readonly AskedReply[]>;
  statusOf(providerIds: readonly string[]): Promise<ReadonlyMap<string, 'delivered' | 'failed' | 'under way'>>;
  /** Numbers that want no more from a line. */
  blocked(line: string): Promise<readonly string[]>;
}

export interface AskedReply {
  readonly kind: 'reply';
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

/** Where what was asked of Kavenegar comes in: as if it had been brought. */
export const smsDoor = { channel: 'sms', provider: 'kavenegar' } as const;
