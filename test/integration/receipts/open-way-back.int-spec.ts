import { openWayBack } from '../../../src/assembly/open-way-back.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { createLog } from '../../../src/ops/log.js';
import { Metrics } from '../../../src/ops/metrics.js';
import { Polls } from '../../../src/receipts/polls/polls.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { shopWith } from '../engine/engine-bench.js';
import { hookedApp, secret, type HookedApp } from './hooked-app.js';

const apiKey = 'test-key-of-the-way-back';

function policyWith(channels: string, optOut = "opt_out: { words: ['11'], purposes: [service] }\n") {
  const text = `timezone: Asia/Tehran
calendar: jalali
purposes:
  service: { consent: not_needed }
${optOut}channel_order: [sms]
channels:
  sms: ${channels}
`;
  return shopWith({ 'journeys/policy.yaml': text }).policy;
}

const usual = policyWith("{ provider: kavenegar, sender: '10004346' }");

describe('what a process asks Kavenegar', () => {
  let app: HookedApp;
  let kavenegar: FakeKavenegar;
  beforeAll(async () => {
    app = await hookedApp();
    kavenegar = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  }, 120_000);
  afterAll(async () => {
    await kavenegar.close();
    await app.close();
  });
  beforeEach(async () => {
    kavenegar.clear();
    await app.sql('truncate provider_poll');
  });

  /** Everything that was asked by one beat. */
  async function askedWith(env: Record<string, string>, policy = usual, standIn = false): Promise<readonly string[]> {
    const config = loadConfig({ PEYK_KAVENEGAR_API_KEY: apiKey, PEYK_KAVENEGAR_BASE_URL: kavenegar.url, ...env });
    const log = createLog({ level: 'silent', secrets: [] });
    const parts = {
      database: app.database,
      decider: app.decider,
      metrics: new Metrics({ process: false }),
      log,
      standIn,
    };
    const { beaten, stop } = openWayBack(config, policy, parts);
    for (const one of beaten) await one.beat({ early_receipts: false } as never);
    for (const one of beaten) if (one instanceof Polls) await one.stop(10_000);
    await stop();
    return [...kavenegar.calls.keys()].sort();
  }

  const everything = ['line/blocked/list', 'sms/inboxpaged'];

  it.each([
    ['without hooks', {}],
    ['without an address that it could call', { PEYK_HOOK_SECRET: secret }],
    ['without a secret', { PEYK_PUBLIC_URL: 'https://peyk.example.com' }],
  ])('%s is for replies, and for who has blocked the line', async (_, env) => {
    expect(await askedWith(env)).toEqual(everything);
  });

  it('where it can call is who has blocked the line, which it never says by itself', async () => {
    const env = { PEYK_PUBLIC_URL: 'https://peyk.example.com', PEYK_HOOK_SECRET: secret };
    expect(await askedWith(env)).toEqual(['line/blocked/list']);
  });

  it.each([
    ['in a process that does not send', { PEYK_ROLES: 'api,engine' }, usual, false],
    ['where a mailbox stands in', {}, usual, true],
    ['without a key', { PEYK_KAVENEGAR_API_KEY: '' }, usual, false],
    ['where others send', {}, policyWith("{ provider: another, sender: '10004346' }"), false],
    ['without a line', {}, policyWith('{ provider: kavenegar }'), false],
  ])('%s is nothing', async (_, env, policy, standIn) => {
    expect(await askedWith(env, policy, standIn)).toEqual([]);
  });

  it('is nothing of opt-outs where the policy knows none', async () => {
    expect(await askedWith({}, policyWith("{ provider: kavenegar, sender: '10004346' }", ''))).toEqual([
      'sms/inboxpaged',
    ]);
  });
});
