import { MailboxMemory } from './mailbox/mailbox-memory.js';
import { createChannels, type ChannelSettingsInput } from './registry.js';

const ports = { mailbox: { delivered: (): void => undefined }, memory: new MailboxMemory('/nowhere') };

describe('the channels of a configuration', () => {
  it('are built where their settings allow it', async () => {
    const { channels, unavailable } = createChannels(
      [
        { provider: 'kavenegar', channel: 'sms', apiKey: 'k', concurrency: 7 },
        { provider: 'smtp', channel: 'email', url: 'smtp://localhost', sender: 'a@b.example' },
        { provider: 'mailbox', channel: 'email' },
      ],
      ports,
    );
    expect(channels.map(({ channel, provider, concurrency }) => [channel, provider, concurrency])).toEqual([
      ['sms', 'kavenegar', 7],
      ['email', 'smtp', 5],
      ['email', 'mailbox', 10],
    ]);
    expect(unavailable).toEqual([]);
    await Promise.all(channels.map((channel) => channel.close()));
  });

  it.each<[ChannelSettingsInput, string]>([
    [{ provider: 'kavenegar', channel: 'sms', apiKey: undefined }, 'PEYK_KAVENEGAR_API_KEY is not set'],
    [{ provider: 'kavenegar', channel: 'sms', apiKey: '' }, 'PEYK_KAVENEGAR_API_KEY is not set'],
    [{ provider: 'smtp', channel: 'email', url: undefined, sender: 'a@b.example' }, 'PEYK_SMTP_URL is not set'],
    [
      { provider: 'smtp', channel: 'email', url: 'smtp://h', sender: undefined },
      'channels.email.sender is not set in policy.yaml',
    ],
  ])('that lack something are told with the reason: %j', (settings, reason) => {
    const { channels, unavailable } = createChannels([settings, { provider: 'mailbox', channel: 'sms' }], ports);
    expect(unavailable).toEqual([{ channel: settings.channel, provider: settings.provider, reason }]);
    expect(channels.map(({ provider }) => provider)).toEqual(['mailbox']);
  });

  it('that are set wrongly are told too, without what is secret in their settings', () => {
    const { unavailable } = createChannels(
      [
        { provider: 'kavenegar', channel: 'sms', apiKey: 'topsecret', baseUrl: 'http://sms.example' },
        { provider: 'smtp', channel: 'email', url: 'http://u:topsecret@h', sender: 'a@b.example' },
      ],
      ports,
    );
    expect(unavailable.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^PEYK_KAVENEGAR_BASE_URL .*https/),
      expect.stringMatching(/^PEYK_SMTP_URL .*smtps/),
    ]);
    expect(JSON.stringify(unavailable)).not.toContain('topsecret');
  });
});
