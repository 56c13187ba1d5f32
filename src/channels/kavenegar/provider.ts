import type { Provider } from '../provider.js';
import { KavenegarVoiceChannel } from './kavenegar-voice.channel.js';
import { KavenegarChannel } from './kavenegar.channel.js';

export const kavenegar: Provider = {
  provider: 'kavenegar',
  channels: ['sms', 'voice'],
  open: ({ channel, sender, timeoutMs, environment }) => {
    const account = { ...environment.kavenegar, timeoutMs, concurrency: 32 };
    return channel === 'voice' ? new KavenegarVoiceChannel(account) : new KavenegarChannel({ ...account, sender });
  },
};
