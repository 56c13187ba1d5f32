import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { TelegramChannel } from '../../../src/channels/telegram/telegram.channel.js';
import { refused } from '../../servers/messengers/bot-api.js';
import { botFaults, chat, messageOn, opener, token, type BotRig } from './bot-api-rig.js';
import { describeChannel } from './contract.js';

const open = opener('telegram', (settings) => new TelegramChannel(settings));

describeChannel<BotRig>({ provider: 'telegram', idempotent: false, open, faults: botFaults });

describe('what is Telegram’s own', () => {
  let rig: BotRig;

  beforeEach(async () => {
    rig = await open(5000);
  });

  afterEach(() => rig.close());

  const telegram = (id: number, text: string) => messageOn('telegram', id, text);

  it('tells which message of which chat it became', async () => {
    await rig.channel.send(telegram(1, 'یک'));
    expect(await rig.channel.send(telegram(2, 'دو'))).toEqual({
      kind: 'accepted',
      providerId: `${chat}:2`,
      cost: undefined,
    });
    expect(rig.server.calls[0]).toMatchObject({ path: `/bot${token}/sendMessage`, body: { chat_id: 48151623 } });
  });

  it('shows a button for each answer, which brings back its label', async () => {
    const content = { channel: 'telegram', text: 'چند؟', buttons: ['1', '2', '3', '4', '5'] } as const;
    await rig.channel.send({ ...telegram(1, ''), content });
    const row = content.buttons.map((text) => ({ text, callback_data: text }));
    expect(rig.server.sent).toEqual([{ chat, text: 'چند؟', keyboard: { inline_keyboard: [row] } }]);
  });

  it('takes a chat’s number below zero and a public name', async () => {
    for (const to of ['-1001234567890', '@shop_news']) {
      expect(await rig.channel.send({ ...telegram(1, 'x'), to })).toMatchObject({ kind: 'accepted' });
    }
    expect(rig.server.sent.map((message) => message.chat)).toEqual(['-1001234567890', '@shop_news']);
  });

  it.each(['+989121234567', '09121234567', 'sara', '@', '', '1.5', '99999999999999999999', '1/../x'])(
    'leaves the address %j to another, without a call',
    async (to) => {
      const result = await rig.channel.send({ ...telegram(1, 'x'), to });
      expect(result).toMatchObject({ kind: 'rejected', elsewhere: true });
      expect(rig.server.calls).toEqual([]);
    },
  );

  it('rejects a text that is empty or too long for the provider', async () => {
    for (const text of ['', 'ب'.repeat(4097)]) {
      expect(await rig.channel.send(telegram(1, text))).toMatchObject({ kind: 'rejected' });
    }
  });

  it('sends a text that was cut in the middle of an emoji', async () => {
    expect(await rig.channel.send(telegram(1, 'سلام \ud83d'))).toMatchObject({ kind: 'accepted' });
    expect(rig.arrivals()).toEqual(['سلام \ufffd']);
  });

  it.each([
    ['a chat that there is not', refused(400, 'Bad Request: chat not found'), 'rejected'],
    ['someone who has never begun', refused(403, "Forbidden: bot can't initiate conversation"), 'rejected'],
    ['a token that was never one', refused(404, 'Not Found'), 'channel_down'],
    ['another one who asks at once', refused(409, 'Conflict'), 'retry'],
    ['a flood without a time', refused(429, 'Too Many Requests'), 'retry'],
    ['an answer that tells of no message', { http: 200, body: { ok: true, result: true } }, 'unknown'],
    ['an answer that is none', { http: 200, body: null }, 'unknown'],
    ['an error without a code', { http: 500, body: { ok: false } }, 'unknown'],
  ])('says of %s: %s', async (_, reply, kind) => {
    rig.server.next({ kind: 'reply', reply });
    expect(await rig.channel.send(telegram(1, 'x'))).toMatchObject({ kind });
    expect(rig.arrivals()).toEqual([]);
  });

  it('is asked for without sending anything', async () => {
    expect(await rig.channel.probe?.()).toEqual({ kind: 'works', detail: 'the bot @shop_bot' });
    expect(rig.arrivals()).toEqual([]);
  });

  it('fails the question with a wrong token, and does not tell it', async () => {
    const other = await open(5000, '1:wrong-token');
    const told = await other.channel.probe?.();
    expect(told).toEqual({ kind: 'fails', reason: 'Telegram 401: Unauthorized' });
    expect(await other.channel.send(telegram(1, 'x'))).toMatchObject({ kind: 'channel_down' });
    await rig.server.close();
    expect(await rig.channel.probe?.()).toMatchObject({
      kind: 'fails',
      reason: expect.not.stringContaining(token) as string,
    });
    await other.close();
  });

  it('waits for a free connection no longer than its time-out, and what waited is never written', async () => {
    const settings = { token, apiRoot: rig.server.url, timeoutMs: 1_500, concurrency: 1 };
    const narrow = new TelegramChannel(settings);
    rig.server.next({ kind: 'silence', accept: false });
    const [first, second] = await Promise.all([narrow.send(telegram(1, 'اول')), narrow.send(telegram(2, 'دوم'))]);
    expect([first.kind, second.kind]).toEqual(['unknown', 'retry']);
    expect((await narrow.send(telegram(3, 'سوم'))).kind).toBe('accepted');
    expect(rig.arrivals()).toEqual(['سوم']);
    await narrow.close();
  });

  it('follows no redirect, and says where to look', async () => {
    const elsewhere = createServer((_, response) => response.writeHead(302, { location: rig.server.url }).end());
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const channel = new TelegramChannel({ token, apiRoot: `http://127.0.0.1:${String(port)}` });
    expect(await channel.send(telegram(1, 'x'))).toMatchObject({
      kind: 'channel_down',
      reason: expect.stringMatching(/PEYK_TELEGRAM_API_ROOT/) as string,
    });
    expect(rig.server.calls).toEqual([]);
    await channel.close();
    elsewhere.close();
  });

  it('tries again later where the name has no address', async () => {
    const channel = new TelegramChannel({ token, apiRoot: 'https://telegram.invalid', timeoutMs: 300 });
    const result = await channel.send(telegram(1, 'x'));
    expect(result).toMatchObject({ kind: 'retry' });
    expect(JSON.stringify(result)).not.toContain(token);
    await channel.close();
  });
});
