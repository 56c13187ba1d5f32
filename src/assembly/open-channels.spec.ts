import { givenWorkspace } from '../../test/given/workspace.js';
import { policy } from '../../test/given/policy.js';
import type { Channels } from '../channels/registry.js';
import { loadConfig } from '../config/load-config.js';
import type { Workspace } from '../domain/workspace.js';
import { openChannels, settingsOf } from './open-channels.js';

const keys = { PEYK_BALE_TOKEN: '1:t', PEYK_BALE_SAFIR_KEY: 'k', PEYK_BALE_SAFIR_BOT_ID: '1' };
const inTurn = `
    - { provider: bale, rate: 20 per second }
    - { provider: safir, rate: 5 per second, cost: 1200 rial }`;

function shop(bale: string): Workspace {
  const more = `channel_order: [bale]\nchannels:\n  bale: ${bale}\n`;
  const { workspace } = givenWorkspace({ ...policy('', more), 'templates/hello/bale.hbs': 'سلام\n' });
  return workspace!;
}

function opened(bale: string, env: NodeJS.ProcessEnv): Channels {
  return openChannels(shop(bale), loadConfig(env), undefined, 1_000);
}

describe('a channel of several providers', () => {
  it('is opened with all of them, the one to use first before the others', async () => {
    const { channels, unavailable } = opened(inTurn, keys);
    expect(channels.map(({ channel, provider }) => [channel, provider])).toEqual([
      ['bale', 'bale'],
      ['bale', 'safir'],
    ]);
    expect(unavailable).toEqual([]);
    await Promise.all(channels.map((channel) => channel.close()));
  });

  it('goes on with those that are configured', async () => {
    const { channels, unavailable } = opened(inTurn, { ...keys, PEYK_BALE_TOKEN: undefined });
    expect(channels.map(({ provider }) => provider)).toEqual(['safir']);
    expect(unavailable).toMatchObject([{ channel: 'bale', provider: 'bale' }]);
    await Promise.all(channels.map((channel) => channel.close()));
  });

  it('names each of them once', () => {
    expect(() => opened('[safir, safir]', keys)).toThrow(
      'journeys/policy.yaml: bale names safir twice; name each provider once',
    );
  });

  it('has settings for each; a mailbox that stands in has those of the first', () => {
    const { policy: read } = shop(inTurn);
    expect(['bale', 'safir', 'mailbox'].map((name) => settingsOf(read, 'bale', name)?.rate?.messages)).toEqual([
      20, 5, 20,
    ]);
    expect(settingsOf(read, 'bale', 'safir')?.cost).toBe(1200);
    expect(settingsOf(read, 'sms', 'kavenegar')).toBeUndefined();
  });
});
