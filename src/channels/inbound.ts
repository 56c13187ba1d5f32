import type { ChannelName } from '../domain/message/message.js';

/** What a provider brings to our door, or what it was asked for: already parsed (query, form or JSON), with the keys as it wrote them. */
export interface HookRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for none. */
  readonly body: unknown;
}

/**
 * What a provider told.
 * - receipt: of a message that it took earlier, by its own id for it.
 * - own_receipt: the same by our own id, where somebody sends for us who knows it.
 * - reply: somebody wrote. `id` is the provider's, the same when it tells the same thing again; `from` is an address as a customer has
 *   it (E.164 for a phone, a chat's id); `line` is where they wrote to.
 * - contact: somebody has shared a phone number that is their own, by the provider's word.
 */
export type Heard =
  | {
      readonly kind: 'receipt';
      readonly providerId: string;
      readonly status: 'delivered' | 'failed';
      readonly reason?: string | undefined;
    }
  | {
      readonly kind: 'own_receipt';
      readonly messageId: string;
      readonly status: 'delivered' | 'failed';
      readonly reason?: string | undefined;
    }
  | {
      readonly kind: 'reply';
      readonly id: string;
      readonly from: string;
      readonly text: string;
      readonly line?: string | undefined;
    }
  | { readonly kind: 'contact'; readonly id: string; readonly from: string; readonly phone: string };

/** What is wrong with something that was brought: its field ("" for all of it), and the sentence that follows the field's name. */
export interface HookFault {
  readonly field: string;
  readonly message: string;
}

/** One provider's way back. Never throws: what it cannot make sense of is `undefined`, what says nothing of use is an empty list. */
export interface Inbound {
  readonly channel: ChannelName;
  readonly provider: string;
  /** How to write what it understands, for whoever wrote something else; absent where that is the provider's own form. */
  readonly form?: string;
  /** Why what came is not the provider's, whatever it says; undefined: it may be. */
  readonly refuses?: (request: HookRequest) => string | undefined;
  hear(request: HookRequest): readonly Heard[] | undefined;
  /** What is wrong with one item that it does not understand, where it can tell. */
  readonly whyNot?: (item: unknown) => HookFault | undefined;
  /** What the provider wants to be told in return, as JSON; asked for once all of it is kept. */
  readonly answer?: (request: HookRequest) => object | undefined;
}
