import type { Provider } from '../provider.js';
import { TelegramChannel } from './telegram.channel.js';

export const telegram: Provider = {
  provider: 'telegram',
  channels: ['telegram'],
  open: ({ timeoutMs, environment }) => new TelegramChannel({ ...environment.telegram, timeoutMs, concurrency: 16 }),
};
