import type { Provider } from '../provider.js';
import { BaleChannel } from './bale.channel.js';

export const bale: Provider = {
  provider: 'bale',
  channels: ['bale'],
  open: ({ timeoutMs, environment }) => new BaleChannel({ ...environment.bale, timeoutMs, concurrency: 16 }),
};
