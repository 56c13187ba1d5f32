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
 *   `perhapsTaken`: it may have been taken, and a repeat with the same id at this same provider is safe all the same; no other
 *   provider may be given it before this one was asked.
 * - rejected: this message can never be sent to this address; try the next channel. `elsewhere`: this provider does not take
 *   addresses of that form, another of the same channel may.
 * - channel_down: nothing can be sent until a person mends it (no credit, wrong key); hold the channel's messages and say so.
 * - unknown: it may or may not have been taken (time-out, connection reset after the request was written): ask before sending again.
 */
export type SendResult =
  | { readonly kind: 'accepted'; readonly providerId: string | undefined; readonly cost: number | undefined }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly afterMs?: number;
      readonly fewTimes?: boolean;
      readonly perhapsTaken?: true;
    }
  | { readonly kind: 'rejected'; readonly reason: string; readonly elsewhere?: true }
  | { readonly kind: 'channel_down'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The provider's word on an earlier message: it has it, it never got it, or it could not be asked just now. */
export type LookupResult =
  | { readonly kind: 'arrived'; readonly providerId: string | undefined }
  | { readonly kind: 'never_arrived' }
  | { readonly kind: 'cannot_tell'; readonly reason: string };

/** Whether a provider would take messages now; `reason` for who has to mend it. */
export type Probe =
  | { readonly kind: 'works'; readonly detail: string }
  | { readonly kind: 'fails'; readonly reason: string };

/** A link that begins a chat with our bot, or why there is none. */
export type BegunChat =
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'fails'; readonly reason: string };

/** Where a provider is to call back. `url` holds our secret; `token` is to be sent along. */
export interface Hook {
  readonly url: string;
  readonly token: string;
}

/** `was_set`: it called there before. */
export type HookSet = { readonly kind: 'set' | 'was_set' } | { readonly kind: 'fails'; readonly reason: string };

/** One call for one text and many receivers. */
export interface ManyAtOnce {
  /** Receivers in one call. */
  readonly atMost: number;
  /**
   * Sends messages whose content is the same, each to another address, with their own ids; never throws, ends within the
   * channel's time-out. Undefined: the call was refused as a whole, nothing of it was taken, and the cause may lie with one of
   * them: they are to be sent in smaller calls, each with the same id.
   */
  send(messages: readonly Outgoing[], signal?: AbortSignal): Promise<ReadonlyMap<number, SendResult> | undefined>;
}

/** One provider for one channel. Registering one is one line in `channels/providers.ts`. */
export interface Channel {
  readonly channel: ChannelName;
  readonly provider: string;
  /** How many calls may be under way at once. */
  readonly concurrency: number;
  /** Sends one message; never throws, ends within its time-out. `signal` aborts what has not been written yet. */
  send(message: Outgoing, signal?: AbortSignal): Promise<SendResult>;
  /** Whether an address has a form that it takes; to others it says `elsewhere`. Undefined: it takes all of its channel's. */
  readonly takes?: (address: string) => boolean;
  /** Where one call takes many receivers. */
  readonly many?: ManyAtOnce;
  /** Where the provider can be asked for messages by our id (Kavenegar: up to 500, for 12 hours); else undefined. */
  readonly lookup: ((ids: readonly number[]) => Promise<ReadonlyMap<number, LookupResult>>) | undefined;
  /** Asks the provider without sending anything, where it can be asked. Never throws, ends within the channel's time-out. */
  readonly probe?: () => Promise<Probe>;
  /** Where customers begin a chat with a bot: a link that brings this code back. Never throws, ends within the channel's time-out. */
  readonly beginChat?: (code: string) => Promise<BegunChat>;
  /** Tells the provider where to bring what comes back, where it can be told; the same again changes nothing. Never throws. */
  readonly setHook?: (hook: Hook) => Promise<HookSet>;
  /** Closes pooled connections. */
  close(): Promise<void>;
}
