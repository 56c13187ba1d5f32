import { channelNames, type ChannelName } from '../domain/message/message.js';
import { baleInbound } from './bale/inbound.js';
import { genericInbound } from './generic-inbound.js';
import type { Inbound } from './inbound.js';
import { kavenegarInbound } from './kavenegar/inbound.js';
import { telegramInbound } from './telegram/inbound.js';

/**
 * The ways back by channel, each to be asked until one understands. Registering one is one line here. `telegramToken`: what Telegram
 * was given to send along.
 */
export function createInbounds(telegramToken?: string): ReadonlyMap<ChannelName, readonly Inbound[]> {
  return new Map(channelNames.map((channel) => [channel, inboundsOf(channel, telegramToken)]));
}

/** Providers whose own form is known there; every other channel has the generic one. */
function inboundsOf(channel: ChannelName, telegramToken: string | undefined): readonly Inbound[] {
  switch (channel) {
    case 'sms':
    case 'voice':
      return [kavenegarInbound(channel), genericInbound(channel)];
    case 'telegram':
      return [telegramInbound(telegramToken, 'may')];
    case 'bale':
      return [baleInbound()];
    default:
      return [genericInbound(channel)];
  }
}
