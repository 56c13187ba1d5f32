import { BotApiChannel, type BotApiSettings } from '../bot-api/bot-api.channel.js';

/** Telegram through a bot. */
export class TelegramChannel extends BotApiChannel {
  /** Throws ChannelSettingsError. */
  constructor(settings: BotApiSettings) {
    super(telegram, settings);
  }
}

const telegram = {
  channel: 'telegram',
  name: 'Telegram',
  token: 'PEYK_TELEGRAM_TOKEN',
  root: 'PEYK_TELEGRAM_API_ROOT',
  apiRoot: 'https://api.telegram.org',
  links: 'https://t.me',
  hooksWithToken: true,
} as const;
