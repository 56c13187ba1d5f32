import type { Limit } from '../journey/right-hand-side.js';
import type { ChannelName } from '../message/message.js';
import type { Duration } from '../time/duration.js';
import type { Calendar } from '../time/instant.js';
import type { Window } from '../time/windows.js';
import type { WorkingHours } from '../time/working-hours.js';
import type { Mention } from './mentions.js';

/** `journeys/policy.yaml`. */
export interface Policy {
  readonly timezone: string;
  readonly calendar: Calendar;
  readonly working: WorkingHours | undefined;
  /** In the order in which they leave when there is more than the rates allow. */
  readonly purposes: ReadonlyMap<string, Purpose>;
  /** What a customer writes to be left alone, and to hear of us again. */
  readonly optOut: ReplyWords | undefined;
  readonly optIn: ReplyWords | undefined;
  /** The first row that fits the customer gives the channels to try. */
  readonly channelOrder: readonly ChannelOrderRow[];
  readonly channels: ReadonlyMap<ChannelName, Providers>;
  /** Occasions and audiences that it names: other files declare them. */
  readonly mentions: readonly Mention[];
}

export interface Purpose {
  readonly name: string;
  /** Its place in the file, from 0: what leaves first. */
  readonly rank: number;
  /** `as`: the consent to another purpose counts (`consentFor` follows it to its end). */
  readonly consent: 'required' | 'not_needed' | { readonly as: string };
  readonly quietHours: Window | undefined;
  /** Per customer, over all journeys and channels. */
  readonly caps: readonly Cap[];
  readonly whenCapped: 'defer' | 'drop';
  /** Occasions on which nothing leaves. */
  readonly blackout: readonly string[];
  /** Audiences that get none. */
  readonly except: readonly string[];
  /** Held longer than this, it is not sent. */
  readonly notAfter: Limit | undefined;
  /** Stands below every SMS. */
  readonly footer: string | undefined;
  /** The share that is sent at all, 0 to 1. */
  readonly sample: number | undefined;
  /** What happens to a message whose fate a crash left unknown and the provider cannot tell. */
  readonly inDoubt: 'again' | 'never';
}

/** `3 per 7 days`: fewer than so many in that time. */
export interface Cap {
  readonly messages: number;
  readonly per: Duration;
}

/** Words, folded, that stand for the whole of a reply, and the purposes that they speak of. */
export interface ReplyWords {
  readonly words: readonly string[];
  readonly purposes: readonly string[];
}

export interface ChannelOrderRow {
  /** Undefined: for everybody. */
  readonly audience: string | undefined;
  readonly try: readonly ChannelName[];
}

/** The providers of one channel, the one to use first. */
export type Providers = readonly [ChannelSettings, ...ChannelSettings[]];

/** One provider's settings. */
export interface ChannelSettings {
  readonly provider: string;
  readonly sender: string | undefined;
  readonly rate: Rate | undefined;
  /** What one message (SMS: one part) costs, in rials. */
  readonly cost: number | undefined;
}

/** `50 per second`: so many messages in so many milliseconds. */
export interface Rate {
  readonly messages: number;
  readonly per: number;
}
