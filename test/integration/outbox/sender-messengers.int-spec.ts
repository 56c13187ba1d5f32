import { BaleChannel } from '../../../src/channels/bale/bale.channel.js';
import { SafirChannel } from '../../../src/channels/safir/safir.channel.js';
import { TelegramChannel } from '../../../src/channels/telegram/telegram.channel.js';
import type { SenderSettings } from '../../../src/outbox/settings.js';
import { FakeBotApi } from '../../servers/messengers/bot-api.js';
import { FakeSafir } from '../../servers/messengers/safir.js';
import { numbers, Outbox, ScriptedChannel, until, type NewMessage } from './outbox-fixture.js';

const settings: Partial<SenderSettings> = {
  leaseMs: 5_000,
  callTimeoutMs: 1_000,
  inDoubt: { askAfterMs: 1_200, askUntilMs: 60_000 },
};
const timeoutMs = 900;

let outbox: Outbox;
let bots: FakeBotApi;
let safir: FakeSafir;
let closings: { close(): Promise<void> }[];

beforeAll(async () => {
  outbox = await Outbox.open();
});
afterAll(async () => {
  await outbox.close();
});
beforeEach(async () => {
  bots = await new FakeBotApi('1:t').listen();
  safir = await new FakeSafir('k', 7).listen();
  closings = [bots, safir];
});
afterEach(async () => {
  await outbox.stopAll();
  for (const one of closings) await one.close();
});

function opened<One extends { close(): Promise<void> }>(channel: One): One {
  closings.push(channel);
  return channel;
}

const telegram = () => opened(new TelegramChannel({ token: '1:t', apiRoot: bots.url, timeoutMs }));
const byBot = () => opened(new BaleChannel({ token: '1:t', apiRoot: bots.url, timeoutMs }));
const byPhone = () => opened(new SafirChannel({ apiKey: 'k', botId: 7, baseUrl: safir.url, timeoutMs }));

/** `addresses` by message: the fixture gives them others. */
async function queue(messages: readonly NewMessage[], addresses: (id: number) => string): Promise<void> {
  await outbox.queue(...messages);
  for (const { id } of messages) {
    const update = { name: '', text: `update message set address = $2 where id = $1` };
    await outbox.database.run(update, [id, addresses(id)]);
  }
}

async function states(...ids: readonly number[]): Promise<readonly (string | undefined)[]> {
  const all = await outbox.states();
  return ids.map((id) => all[id]);
}

describe('over messengers', () => {
  it('a question arrives with its buttons', async () => {
    await queue([{ id: 1, channel: 'telegram', content: { text: 'چند؟', buttons: ['1', '2'] } }], () => '48151623');
    outbox.sender([telegram()], { settings });
    await until(async () => (await states(1))[0] === 'sent');
    const row = ['1', '2'].map((text) => ({ text, callback_data: text }));
    expect(bots.sent).toEqual([{ chat: '48151623', text: 'چند؟', keyboard: { inline_keyboard: [row] } }]);
    expect((await outbox.message(1)).provider_id).toBe('48151623:1');
  });

  it('what may have arrived is not sent again, and the next leaves', async () => {
    bots.next({ kind: 'reset', accept: true });
    bots.next({ kind: 'html', http: 502, accept: true });
    const content = { text: 'سلام' };
    await queue(
      numbers(1, 5).map((id) => ({ id, channel: 'telegram' as const, content })),
      (id) => `4815${String(id)}`,
    );
    outbox.sender([telegram()], { settings });
    await until(async () => (await states(1, 2, 3, 4, 5)).every((state) => state === 'sent' || state === 'failed'));
    expect(bots.sent).toHaveLength(5);
    expect(new Set(bots.sent.map(({ chat }) => chat)).size).toBe(5);
    expect((await states(1, 2, 3, 4, 5)).filter((state) => state === 'failed')).toHaveLength(2);
  });

  it('who has blocked the bot is reached on the next channel', async () => {
    const sms = new ScriptedChannel('sms');
    bots.blocked.add('48151623');
    const fallbacks = [{ channel: 'sms', address: '+989121234567', content: { text: 'پیامک', parts: 1 } }];
    await queue([{ id: 1, channel: 'telegram', content: { text: 'تلگرام' }, fallbacks }], () => '48151623');
    outbox.sender([telegram(), sms], { settings });
    await until(async () => (await states(1))[0] === 'sent');
    expect([bots.sent, sms.ids]).toEqual([[], [1]]);
  });

  it('Bale reaches some by chat and some by phone, each once', async () => {
    const ids = numbers(1, 20);
    await queue(
      ids.map((id) => ({ id, channel: 'bale' as const, content: { text: `پیام ${String(id)}` } })),
      (id) => (id % 2 === 0 ? `4815${String(id)}` : `+98912123${String(1000 + id)}`),
    );
    outbox.sender([byBot(), byPhone()], { settings });
    await until(async () => (await states(...ids)).every((state) => state === 'sent'));
    const byText = ids.filter((id) => id % 2 === 0).map((id) => `پیام ${String(id)}`);
    expect(bots.sent.map(({ text }) => text).sort()).toEqual(byText.sort());
    expect(requestIds()).toEqual(ids.filter((id) => id % 2 === 1));
  });

  it('by phone alone every message arrives once and is known to have, whatever happens to the answers', async () => {
    for (let round = 0; round < 3; round += 1) {
      safir.next({ kind: 'reset', accept: true });
      safir.next({ kind: 'html', http: 502, accept: true });
      safir.next({ kind: 'silence', accept: true });
      safir.next({ kind: 'cut', accept: false });
    }
    const ids = numbers(1, 20);
    await queue(
      ids.map((id) => ({ id, channel: 'bale' as const, content: { text: 'سلام' } })),
      (id) => `+98912123${String(1000 + id)}`,
    );
    outbox.sender([byPhone()], { settings });
    await until(async () => (await states(...ids)).every((state) => state === 'sent'), 40_000);
    expect(requestIds()).toEqual(ids);
  });
});

function requestIds(): readonly number[] {
  return safir.sent.map(({ requestId }) => Number(requestId)).sort((a, b) => a - b);
}
