import { jest } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hookToken } from '../../../src/channels/hook-token.js';
import { channels } from '../../../src/cli/channels.js';
import { journeyText, shopFiles } from '../../given/workspace.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { FakeBotApi } from '../../servers/messengers/bot-api.js';
import { FakeSafir } from '../../servers/messengers/safir.js';
import { FakeSmtp } from '../../servers/smtp/server.js';

const policy = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
  service: { consent: not_needed }
channel_order: [sms, telegram, bale, email]
channels:
  email: { provider: smtp, sender: info@example.com }
  sms: { provider: kavenegar }
  telegram: { provider: telegram }
  bale: [bale, safir]
`;

let root: string;
let closings: (() => Promise<void>)[];

beforeEach(async () => {
  closings = [];
  root = await mkdtemp(path.join(tmpdir(), 'peyk-channels-'));
  const files = {
    ...shopFiles,
    'journeys/policy.yaml': policy,
    'journeys/test.yaml': journeyText({}),
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
});

afterEach(async () => {
  for (const close of closings) await close();
  await rm(root, { recursive: true, force: true });
});

async function write(name: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), text);
}

async function listening<Server extends { listen(): Promise<Server>; close(): Promise<void> }>(
  server: Server,
): Promise<Server> {
  closings.push(() => server.close());
  return server.listen();
}

async function run(
  env: NodeJS.ProcessEnv,
  json = false,
  setHooks = false,
): Promise<{ code: number; lines: readonly string[] }> {
  const before = { ...process.env };
  const lines: string[] = [];
  Object.assign(process.env, env, {
    PEYK_JOURNEYS_DIR: path.join(root, 'journeys'),
    PEYK_TEMPLATES_DIR: path.join(root, 'templates'),
    PEYK_DATA_DIR: path.join(root, 'data'),
  });
  try {
    const code = await channels({ json, setHooks }, (line) => lines.push(line));
    return { code, lines };
  } finally {
    process.env = before;
  }
}

async function providers() {
  const kavenegar = await listening(new FakeKavenegar({ apiKeys: ['k'], credit: 50_000 }));
  const smtp = await listening(new FakeSmtp({ auth: { user: 'u', pass: 'p' } }));
  const telegram = await listening(new FakeBotApi('1:telegram'));
  const bale = await listening(new FakeBotApi('2:bale'));
  const safir = await listening(new FakeSafir('safir-key', 7));
  const env = {
    PEYK_KAVENEGAR_API_KEY: 'k',
    PEYK_KAVENEGAR_BASE_URL: kavenegar.url,
    PEYK_SMTP_URL: smtp.url,
    PEYK_TELEGRAM_TOKEN: '1:telegram',
    PEYK_TELEGRAM_API_ROOT: telegram.url,
    PEYK_BALE_TOKEN: '2:bale',
    PEYK_BALE_API_ROOT: bale.url,
    PEYK_BALE_SAFIR_KEY: 'safir-key',
    PEYK_BALE_SAFIR_BOT_ID: '7',
    PEYK_BALE_SAFIR_BASE_URL: safir.url,
  };
  return { env, kavenegar, smtp, telegram, bale, safir };
}

describe('peyk channels', () => {
  it('asks every provider, sends nothing, and ends well', async () => {
    const { env, kavenegar, smtp, telegram, bale, safir } = await providers();
    expect(await run(env)).toEqual({
      code: 0,
      lines: [
        'sms by kavenegar works: 50,000 rials of credit',
        'telegram by telegram works: the bot @shop_bot',
        'bale by bale works: the bot @shop_bot',
        'bale by safir was not asked: it cannot be asked without sending a message',
        'email by smtp works: the mail server answers',
      ],
    });
    expect([kavenegar.sent(), smtp.mails(), telegram.sent, bale.sent, safir.calls]).toEqual([[], [], [], [], []]);
  });

  it('says which provider does not work and what is not set, without a secret, and ends with 1', async () => {
    const { env, kavenegar, bale } = await providers();
    kavenegar.ledger.credit = 0;
    await bale.close();
    const { code, lines } = await run(
      {
        ...env,
        PEYK_TELEGRAM_TOKEN: '1:wrong',
        PEYK_BALE_SAFIR_BOT_ID: '',
        PEYK_SMTP_URL: env.PEYK_SMTP_URL.replace('u:p@', 'u:wrong-password@'),
      },
      true,
    );
    expect(code).toBe(1);
    const told = lines.map((line) => JSON.parse(line) as Record<string, string>);
    expect(told).toEqual([
      { channel: 'sms', provider: 'kavenegar', state: 'fails', detail: 'there is no credit left in the account' },
      { channel: 'telegram', provider: 'telegram', state: 'fails', detail: 'Telegram 401: Unauthorized' },
      { channel: 'bale', provider: 'bale', state: 'fails', detail: expect.stringMatching(/ECONNREFUSED/) as string },
      { channel: 'bale', provider: 'safir', state: 'not_configured', detail: 'PEYK_BALE_SAFIR_BOT_ID is not set' },
      { channel: 'email', provider: 'smtp', state: 'fails', detail: expect.stringMatching(/535/) as string },
    ]);
    expect(lines.join()).not.toMatch(/wrong/);
  });

  it('asks nobody where the mailbox stands in for all', async () => {
    const { code, lines } = await run({ PEYK_MAILBOX: 'true' });
    expect(code).toBe(0);
    expect(lines).toEqual(
      ['sms', 'telegram', 'bale', 'email'].map((name) => `${name} by mailbox was not asked: it keeps what it is given`),
    );
  });

  it('asks nobody on files that are not well', async () => {
    await write('journeys/policy.yaml', policy.replace('calendar: jalali', 'calendar: maya'));
    const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await run({})).toEqual({ code: 1, lines: [] });
    expect(error).toHaveBeenCalled();
    error.mockRestore();
  });
});

describe('peyk channels --set-hooks', () => {
  const secret = 'a-secret-of-the-hooks';
  const place = { PEYK_PUBLIC_URL: 'https://peyk.example.com/', PEYK_HOOK_SECRET: secret };

  it('tells messengers where to bring replies, with a token for what Telegram brings, and says so', async () => {
    const { env, telegram, bale } = await providers();
    const { code, lines } = await run({ ...env, ...place }, false, true);
    expect(lines).toEqual([
      'sms by kavenegar is set up by hand: enter https://peyk.example.com/hooks/sms/<PEYK_HOOK_SECRET> in its panel, for each line',
      'telegram by telegram calls now at https://peyk.example.com/hooks/telegram/<PEYK_HOOK_SECRET>',
      'bale by bale calls now at https://peyk.example.com/hooks/bale/<PEYK_HOOK_SECRET>',
    ]);
    expect(code).toBe(0);
    expect(telegram.hook).toEqual({
      url: `https://peyk.example.com/hooks/telegram/${secret}`,
      secret_token: hookToken(secret, 'telegram'),
      allowed_updates: ['message', 'callback_query'],
    });
    expect(bale.hook).toEqual({ url: `https://peyk.example.com/hooks/bale/${secret}` });

    const again = await run({ ...env, ...place }, true, true);
    expect(again.lines.map((line) => (JSON.parse(line) as { state: string }).state)).toEqual([
      'by_hand',
      'was_set',
      'was_set',
    ]);
  });

  it('says why one could not be told, without the secret, and ends with 1', async () => {
    const { env, telegram } = await providers();
    telegram.takesHooks = false;
    const { code, lines } = await run({ ...env, ...place }, false, true);
    expect(code).toBe(1);
    expect(lines[1]).toMatch(/^telegram by telegram could not be told: Telegram 400: Bad Request: bad webhook/);
    expect(lines.join()).not.toContain(secret);
  });

  it('is not possible without an address and a secret', async () => {
    const { env } = await providers();
    const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await run(env, false, true)).toEqual({ code: 1, lines: [] });
    expect(error).toHaveBeenCalledWith(expect.stringMatching(/set PEYK_PUBLIC_URL.* and PEYK_HOOK_SECRET/));
    error.mockRestore();
  });
});
