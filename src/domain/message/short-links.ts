import type { Instant } from '../time/instant.js';
import type { ChannelName } from './message.js';
import type { Links } from './template/helpers.js';

/** The message, on one of its channels, that a link stands in. */
export interface LinkPlace {
  readonly customer: string;
  /** As `Queue.message` names it among this customer's. */
  readonly message: string;
  readonly channel: ChannelName;
  readonly at: Instant;
}

/** A link as a message carries it. */
export interface ShortLink {
  readonly code: string;
  /** What stands in the message. */
  readonly url: string;
  /** In ASCII; undefined: where the customer says that they want no more. */
  readonly target: string | undefined;
}

/** Gives links their codes; the same place and target give the same one. Undefined: this link is not served. */
export interface LinkCodes {
  codeFor(place: LinkPlace, target: string | undefined): ShortLink | undefined;
}

/** The links of one message on one channel, gathered while its template is rendered. */
export class MessageLinks implements Links {
  readonly #made = new Map<string | undefined, ShortLink | undefined>();

  constructor(
    private readonly codes: LinkCodes,
    private readonly place: LinkPlace,
  ) {}

  link(target: string): string {
    return this.#make(asciiUrl(target))?.url ?? target;
  }

  unsubscribe(): string {
    return this.unsubscribeUrl() ?? NOBODY_SERVES;
  }

  /** Undefined where nobody serves it. */
  unsubscribeUrl(): string | undefined {
    return this.#make(undefined)?.url;
  }

  get all(): readonly ShortLink[] {
    return [...this.#made.values()].filter((link) => link !== undefined);
  }

  #make(target: string | undefined): ShortLink | undefined {
    if (!this.#made.has(target)) this.#made.set(target, this.codes.codeFor(this.place, target));
    return this.#made.get(target);
  }
}

/** The one form of a target that the template gave: ASCII, so that it can stand in a header. */
export function asciiUrl(target: string): string {
  return new URL(target).href;
}

/** What `unsubscribe` prints in simulations and samples. */
export const NOBODY_SERVES = '/unsubscribe';

/** What simulations and samples print. */
export const plainLinks: Links = { link: (target) => target, unsubscribe: () => NOBODY_SERVES };
