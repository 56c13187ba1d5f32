import type { Policy } from '../domain/policy/policy.js';
import type { Connection } from '../store/connection.js';
import type { DownChannel } from '../store/outbox/down-channels.sql.js';
import { channelHealth } from './channel-health.js';

const one = (provider: string) => ({ provider, sender: undefined, rate: undefined, cost: undefined });

const policy: Pick<Policy, 'channels'> = {
  channels: new Map([
    ['sms', [one('kavenegar')]],
    ['email', [one('smtp'), one('webhook')]],
  ]),
};

const since = Date.parse('2026-11-22T13:28:47.763Z');

function check(down: readonly DownChannel[]) {
  const database = { run: async () => down } as unknown as Connection;
  return channelHealth(database, policy).check();
}

describe('channel health', () => {
  it('is well while no provider is down', async () => {
    expect(await check([])).toEqual({ status: 'ok', detail: 'none is down' });
  });

  it('says which provider is down, since when, and why', async () => {
    expect(await check([{ channel: 'sms', provider: 'kavenegar', since, reason: 'Kavenegar 418: no credit' }])).toEqual(
      {
        status: 'warning',
        detail:
          'sms by kavenegar is down since 2026-11-22T13:28:47.763Z, its messages are held: Kavenegar 418: no credit',
      },
    );
  });

  it('says where another provider is tried', async () => {
    const { detail } = await check([{ channel: 'email', provider: 'smtp', since, reason: 'no login' }]);
    expect(detail).toContain(
      'email by smtp is down since 2026-11-22T13:28:47.763Z, another provider is tried in its place',
    );
  });

  it('is silent about a provider that the policy names no more', async () => {
    const given = { since, reason: 'no credit' };
    const left = [
      { channel: 'sms', provider: 'other', ...given },
      { channel: 'bale', provider: 'bale', ...given },
    ];
    expect((await check(left)).status).toBe('ok');
  });

  it('leaves it to the check of the database that it is away', async () => {
    const database = { run: () => Promise.reject(new Error('away')) } as unknown as Connection;
    expect(await channelHealth(database, policy).check()).toMatchObject({
      status: 'warning',
      detail: 'not known: the database does not answer',
    });
  });
});
