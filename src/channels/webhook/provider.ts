import type { Provider } from '../provider.js';
import { WebhookChannel } from './webhook.channel.js';

export const webhook: Provider = {
  provider: 'webhook',
  channels: ['webhook'],
  open: ({ sender, timeoutMs, environment }) =>
    new WebhookChannel({ ...environment.webhook, url: sender, timeoutMs, concurrency: 16 }),
};
