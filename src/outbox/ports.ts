import type { Channel, SendResult } from '../channels/channel.js';
import type { ChannelName, Content } from '../domain/message/message.js';
import type { Rate } from '../domain/policy/policy.js';
import type { Claimed } from './claimed.js';
import type { Settlement } from './settlement.js';

/**
 * Renders what is not kept as text (e-mail: `{context, zone, calendar, now}` and the bundle's template). Throws RenderError;
 * FilesUnavailableError where the fault is not the message's.
 */
export interface Composer {
  compose(message: Claimed): Content | Promise<Content>;
}

/** What a message is rendered from cannot be had just now: the database is away, or someone has to put the files back. */
export class FilesUnavailableError extends Error {}

/** What a purpose wants of a message whose fate nobody can tell: send it again, or never. */
export type InDoubtRule = (purpose: string) => 'again' | 'never';

/** How much may be sent: over this channel, and over the provider's account whatever the channel. Asked before each claim. */
export type RatesOf = (channel: Channel) => {
  readonly channel?: Rate | undefined;
  readonly account?: Rate | undefined;
};

/** What happens, for metrics and logs. Nothing here may throw. */
export interface SenderObserver {
  /** A provider was called; `seconds` it took. */
  sent(message: Claimed, result: SendResult, seconds: number): void;
  /** What became of a message, also of those that were never called for or that were asked about. */
  settled(message: Settled, settlement: Settlement): void;
  /** So many messages came into doubt. */
  inDoubt(channel: string, provider: string, count: number): void;
  /** A claim waited so long for tokens. */
  rateWait(channel: ChannelName, provider: string, seconds: number): void;
  /** So many outcomes came after their lease was lost, and changed nothing. */
  lostLease(count: number): void;
  channelDown(channel: ChannelName, provider: string, reason: string): void;
  channelUp(channel: ChannelName, provider: string): void;
  /** Something failed that will be tried again (`claim`, `settle` …). */
  trouble(what: string, error: unknown): void;
}

/** What is known of a message when its fate is decided. */
export type Settled = Pick<Claimed, 'id' | 'customer' | 'purpose' | 'channel'> & {
  readonly provider: string | undefined;
};

const nothing = (): void => undefined;
export const silentObserver: SenderObserver = {
  sent: nothing,
  settled: nothing,
  inDoubt: nothing,
  rateWait: nothing,
  lostLease: nothing,
  channelDown: nothing,
  channelUp: nothing,
  trouble: nothing,
};
