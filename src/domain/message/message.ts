import type { Scope } from '../expression/scope.js';
import type { Json } from '../json.js';

/** A channel as the language names it. A provider (Kavenegar, an SMTP server) serves one. */
export type ChannelName = 'sms' | 'email';
export const channelNames: readonly ChannelName[] = ['sms', 'email'];

export interface SmsContent {
  readonly channel: 'sms';
  readonly text: string;
  /** How many parts an operator bills: 70/67 characters each in UCS-2, 160/153 in GSM-7. */
  readonly parts: number;
}

export interface EmailContent {
  readonly channel: 'email';
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message ready for its channel. */
export type Content = SmsContent | EmailContent;

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
  /** Throws RenderError. `scope` gives the clock and calendar that the helpers print by. */
  render(
    template: string,
    channel: ChannelName,
    context: () => TemplateContext,
    scope: Pick<Scope, 'now' | 'clock'>,
  ): Content;
}
