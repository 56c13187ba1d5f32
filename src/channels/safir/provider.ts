import type { Provider } from '../provider.js';
import { SafirChannel } from './safir.channel.js';

export const safir: Provider = {
  provider: 'safir',
  channels: ['bale'],
  open: ({ timeoutMs, environment }) => new SafirChannel({ ...environment.safir, timeoutMs, concurrency: 16 }),
};
