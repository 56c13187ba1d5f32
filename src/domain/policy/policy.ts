import type { ChannelName } from '../message/message.js';
import type { Calendar } from '../time/instant.js';

/** `journeys/policy.yaml`. */
export interface Policy {
  readonly timezone: string;
  readonly calendar: Calendar;
  /** In the order in which they leave when there is more than the rates allow. */
  readonly purposes: ReadonlyMap<string, Purpose>;
  /** The order in which channels are tried. */
  readonly channelOrder: readonly ChannelName[];
  readonly channels: ReadonlyMap<ChannelName, ChannelSettings>;
}

export interface Purpose {
  readonly name: string;
  /** Its place in the file, from 0: what leaves first. */
  readonly rank: number;
  readonly consent: 'not_needed';
  /** What happens to a message whose fate a crash left unknown and the provider cannot tell. */
  readonly inDoubt: 'again' | 'never';
}

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
