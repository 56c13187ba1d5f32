import type { Scope } from '../expression/scope.js';
import type { Json } from '../json.js';
import type { Links } from './template/helpers.js';
import type { Tokens } from './template/tokens.js';

/** Channels whose messages are one text and nothing else. */
export const textChannels = ['telegram', 'bale', 'whatsapp', 'instagram', 'push', 'voice', 'web', 'webhook'] as const;
export type TextChannel = (typeof textChannels)[number];

/** A channel as the language names it. A provider (Kavenegar, an SMTP server) serves one. */
export type ChannelName = 'sms' | 'email' | TextChannel;
export const channelNames: readonly ChannelName[] = ['sms', 'email', ...textChannels];

/** The channels that some provider of ours can send on; the others are checked and simulated. */
export const servedChannels: readonly ChannelName[] = ['sms', 'email', 'telegram', 'bale', 'voice', 'webhook'];

export interface SmsContent {
  readonly channel: 'sms';
  readonly text: string;
  /** How many parts an operator bills: 70/67 characters each in UCS-2, 160/153 in GSM-7. */
  readonly parts: number;
  /** The name under which the provider has this text registered. */
  readonly lookup?: string;
  /** What the provider puts into that text; `text` is how it reads then. */
  readonly tokens?: Tokens;
}

export interface EmailContent {
  readonly channel: 'email';
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where the customer says that they want no more of these, for mail programs to offer (RFC 8058). */
  readonly unsubscribe?: string;
}

export interface TextContent {
  readonly channel: TextChannel;
  readonly text: string;
  /** What a messenger shows below a question, to be pressed in place of writing it. */
  readonly buttons?: readonly string[];
}

/** A message ready for its channel. */
export type Content = SmsContent | EmailContent | TextContent;

/** The template could not be rendered for this customer: the send is suppressed, `render_error`, and says why. */
export class RenderError extends Error {
  constructor(
    readonly template: string,
    readonly channel: ChannelName,
    detail: string,
  ) {
    super(`template "${template}" (${channel}): ${detail}`);
    this.name = 'RenderError';
  }
}

/** What a template sees: the scope's names, the step's `with`, and `now`. Plain JSON, so that it can be kept and rendered later. */
export type TemplateContext = Readonly<Record<string, Json | undefined>>;

export interface Templates {
  has(template: string): boolean;
  /** The channels that it has a text for, in the order of `channelNames`. */
  channels(template: string): readonly ChannelName[];
  /**
   * Throws RenderError. `scope` gives the clock and calendar that the helpers print by, `links` what its links become: without them
   * a link prints its target, and `unsubscribe` an address that nobody serves.
   */
  render(
    template: string,
    channel: ChannelName,
    context: () => TemplateContext,
    scope: Pick<Scope, 'now' | 'clock'>,
    links?: Links,
  ): Content;
}
