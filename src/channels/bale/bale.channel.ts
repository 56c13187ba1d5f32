import { BotApiChannel, type BotApiSettings } from '../bot-api/bot-api.channel.js';

/** Bale through a bot, whose methods are Telegram's. */
export class BaleChannel extends BotApiChannel {
  /** Throws ChannelSettingsError. */
  constructor(settings: BotApiSettings) {
    super(bale, settings);
  }
}

const bale = {
  channel: 'bale',
  name: 'Bale',
  token: 'PEYK_BALE_TOKEN',
  root: 'PEYK_BALE_API_ROOT',
  apiRoot: 'https://tapi.bale.ai',
  links: 'https://ble.ir',
  hooksWithToken: false,
} as const;
