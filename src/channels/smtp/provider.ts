import type { Provider } from '../provider.js';
import { SmtpChannel } from './smtp.channel.js';

export const smtp: Provider = {
  provider: 'smtp',
  channels: ['email'],
  open: ({ sender, timeoutMs, environment }) =>
    new SmtpChannel({ url: environment.smtpUrl, sender, timeoutMs, concurrency: 5 }),
};
