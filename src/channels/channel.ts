import type { ChannelName, Content } from '../domain/message/message.js';

/** One message on its way to a provider. `id` (below 2^53, time-ordered) is the idempotency key and never repeats. */
export interface Outgoing {
  readonly id: number;
  readonly to: string;
  readonly content: Content;
}

/**
 * What became of a send: a value, never an exception.
 * - accepted: the provider has it, under its own id where it gives one.
 * - retry: not taken, try again after a pause (`afterMs` where the provider says how long); `fewTimes` for errors that seldom pass.
 * - rejected: this message can never be sent to this address; try the next channel.
 * - channel_down: nothing can be sent until a person mends it (no credit, wrong key); hold the channel's messages and say so.
 * - unknown: it may or may not have been taken (time-out, connection reset after the request was written): ask before sending again.
 */
export type SendResult =
  | { readonly kind: 'accepted'; readonly providerId: string | undefined; readonly cost: number | undefined }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number; readonly fewTimes?: boolean }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'channel_down'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The provider's word on an earlier message: it has it, it never got it, or it could not be asked just now. */
export type LookupResult =
  | { readonly kind: 'arrived'; readonly providerId: string | undefined }
  | { readonly kind: 'never_arrived' }
  | { readonly kind: 'cannot_tell'; readonly reason: string };

/** One provider for one channel. Registering one is one line in `channels/registry.ts`. */
export interface Channel {
  readonly channel: ChannelName;
  readonly provider: string;
  /** How many calls may be under way at once. */
  readonly concurrency: number;
  /** Sends one message; never throws, ends within its time-out. `signal` aborts what has not been written yet. */
  send(message: Outgoing, signal?: AbortSignal): Promise<SendResult>;
  /** Where the provider can be asked for messages by our id (Kavenegar: up to 500, for 12 hours); else undefined. */
  readonly lookup: ((ids: readonly number[]) => Promise<ReadonlyMap<number, LookupResult>>) | undefined;
  /** Closes pooled connections. */
  close(): Promise<void>;
}
