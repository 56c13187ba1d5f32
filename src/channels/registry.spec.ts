import { channelNames, servedChannels, type ChannelName } from '../domain/message/message.js';
import { builtProviders } from '../domain/policy/channels.js';
import { loadConfig } from '../config/load-config.js';
import { MailboxMemory } from './mailbox/mailbox-memory.js';
import { mailboxProvider } from './mailbox/provider.js';
import * as providers from './providers.js';
import { createChannels, providerFor, type Wanted } from './registry.js';

const mailbox = mailboxProvider({ delivered: (): void => undefined }, new MailboxMemory('/nowhere'));

function wanted(channel: ChannelName, name: string, sender?: string): Wanted {
  const provider = name === 'mailbox' ? mailbox : providerFor(channel, name);
  if (provider === undefined) throw new Error(`${name} is no provider of ${channel}`);
  return { provider, channel, sender };
}

function create(all: readonly Wanted[], env: NodeJS.ProcessEnv = {}) {
  return createChannels(all, { timeoutMs: 1000, environment: loadConfig(env) });
}

describe('the channels of a configuration', () => {
  it('are built where their settings allow it', async () => {
    const { channels, unavailable } = create(
      [
        wanted('sms', 'kavenegar'),
        wanted('voice', 'kavenegar'),
        wanted('telegram', 'telegram'),
        wanted('bale', 'safir'),
        wanted('email', 'smtp', 'a@b.example'),
        wanted('email', 'mailbox'),
      ],
      {
        PEYK_KAVENEGAR_API_KEY: 'k',
        PEYK_SMTP_URL: 'smtp://localhost',
        PEYK_TELEGRAM_TOKEN: '1:t',
        PEYK_BALE_SAFIR_KEY: 'k',
        PEYK_BALE_SAFIR_BOT_ID: '1',
      },
    );
    expect(channels.map(({ channel, provider, concurrency }) => [channel, provider, concurrency])).toEqual([
      ['sms', 'kavenegar', 32],
      ['voice', 'kavenegar', 32],
      ['telegram', 'telegram', 16],
      ['bale', 'safir', 16],
      ['email', 'smtp', 5],
      ['email', 'mailbox', 32],
    ]);
    expect(unavailable).toEqual([]);
    await Promise.all(channels.map((channel) => channel.close()));
  });

  it.each<[Wanted, NodeJS.ProcessEnv, string]>([
    [wanted('sms', 'kavenegar'), {}, 'PEYK_KAVENEGAR_API_KEY is not set'],
    [wanted('voice', 'kavenegar'), {}, 'PEYK_KAVENEGAR_API_KEY is not set'],
    [wanted('email', 'smtp', 'a@b.example'), {}, 'PEYK_SMTP_URL is not set'],
    [wanted('email', 'smtp'), { PEYK_SMTP_URL: 'smtp://h' }, 'channels.email.sender is not set in policy.yaml'],
    [wanted('telegram', 'telegram'), {}, 'PEYK_TELEGRAM_TOKEN is not set'],
    [wanted('bale', 'bale'), { PEYK_TELEGRAM_TOKEN: '1:t' }, 'PEYK_BALE_TOKEN is not set'],
    [wanted('bale', 'safir'), { PEYK_BALE_TOKEN: '1:t' }, 'PEYK_BALE_SAFIR_KEY is not set'],
    [wanted('bale', 'safir'), { PEYK_BALE_SAFIR_KEY: 'k' }, 'PEYK_BALE_SAFIR_BOT_ID is not set'],
  ])('that lack something are told with the reason', (one, env, reason) => {
    const { channels, unavailable } = create([one, wanted('sms', 'mailbox')], env);
    expect(unavailable).toEqual([{ channel: one.channel, provider: one.provider.provider, reason }]);
    expect(channels.map(({ provider }) => provider)).toEqual(['mailbox']);
  });

  it('that are set wrongly are told too, without what is secret in their settings', () => {
    const right = loadConfig({});
    const environment = {
      ...right,
      kavenegar: { apiKey: 'topsecret', baseUrl: 'http://sms.example' },
      smtpUrl: 'http://u:topsecret@h',
      telegram: { token: '1:topsecret', apiRoot: 'http://telegram.example' },
      safir: { apiKey: 'topsecret', botId: 1, baseUrl: 'https://u:topsecret@safir.example' },
    };
    const all = [wanted('sms', 'kavenegar'), wanted('email', 'smtp', 'a@b.example')];
    all.push(wanted('telegram', 'telegram'), wanted('bale', 'safir'));
    const { unavailable } = createChannels(all, { timeoutMs: 1000, environment });
    expect(unavailable.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^PEYK_KAVENEGAR_BASE_URL .*https/),
      expect.stringMatching(/^PEYK_SMTP_URL .*smtps/),
      expect.stringMatching(/^PEYK_TELEGRAM_API_ROOT .*https/),
      expect.stringMatching(/^PEYK_BALE_SAFIR_BASE_URL .*PEYK_BALE_SAFIR_KEY/),
    ]);
    expect(JSON.stringify(unavailable)).not.toContain('topsecret');
  });
});

describe('what the checker says of providers', () => {
  const all = Object.values(providers);

  it('is what there is', () => {
    const there = channelNames.map((channel) => {
      const names = all.filter(({ channels }) => channels.includes(channel)).map(({ provider }) => provider);
      return [channel, names.length === 0 ? undefined : [...names, 'mailbox']];
    });
    expect(channelNames.map((channel) => [channel, builtProviders[channel]])).toEqual(there);
  });

  it('counts the channels that messages can leave on', () => {
    expect([...servedChannels].sort()).toEqual([...new Set(all.flatMap(({ channels }) => channels))].sort());
  });
});
