import { FakeBotApi } from '../../servers/messengers/bot-api.js';
import { event } from '../engine/engine-bench.js';
import { hookedApp, postJson, secret, typesOf, type HookedApp } from './hooked-app.js';

const token = '1:token-of-the-chats';
let bot: FakeBotApi;
let app: HookedApp;
let made = 0;

beforeAll(async () => {
  bot = await new FakeBotApi(token).listen();
  app = await hookedApp({ PEYK_TELEGRAM_TOKEN: token, PEYK_TELEGRAM_API_ROOT: bot.url });
}, 120_000);
afterAll(async () => {
  await app.close();
  await bot.close();
});

function update(message: object): object {
  made += 1;
  return { update_id: 9_000 + made, message: { message_id: made, ...message } };
}

const chat = (id: number) => ({ chat: { id, type: 'private' }, from: { id, is_bot: false } });
const says = (id: number, text: string) => update({ ...chat(id), text });
const shares = (id: number, phone: string, owner = id) =>
  update({ ...chat(id), contact: { phone_number: phone, first_name: 'Sara', user_id: owner } });
const tell = async (body: object, channel = 'telegram'): Promise<number> =>
  (await postJson(`${app.url}/hooks/${channel}/${secret}`, body)).status;

async function linkFor(customer: string, body: unknown = { channel: 'telegram' }) {
  const { status, body: text } = await postJson(`${app.url}/v1/customers/${customer}/chat-links`, body);
  return { status, answer: JSON.parse(text) as Record<string, unknown> };
}

async function codeFor(customer: string): Promise<string> {
  const { answer } = await linkFor(customer);
  return /start=(.*)$/.exec(String(answer['link']))?.[1] ?? '';
}

const profile = async (id: string) =>
  (await app.sql('select attributes, merged_into from customer where id = $1', [id]))[0];
const heard = async (customer: string) =>
  (
    await app.sql<{ text: string }>(
      `select data ->> 'text' as text from event where customer_id = $1 and type = 'message.received' order by seq`,
      [customer],
    )
  ).map(({ text }) => text);
const counted = async (result: string): Promise<number> => {
  const line = new RegExp(`peyk_hooks_total\\{channel="telegram",kind="chat",result="${result}"\\} (\\d+)`);
  return Number(line.exec(await app.metrics.print())?.[1] ?? 0);
};

describe('a link to the bot', () => {
  it('is for one customer, by the name that the bot has, for a day', async () => {
    await app.decide(event('customer.updated', 'ann', { name: 'Ann' }));
    const { status, answer } = await linkFor('ann');
    expect([status, Object.keys(answer)]).toEqual([201, ['customer', 'channel', 'link', 'expires_at']]);
    expect(answer['link']).toMatch(/^https:\/\/t\.me\/shop_bot\?start=[\w-]{22}$/);
    expect(Date.parse(String(answer['expires_at'])) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await codeFor('ann')).not.toBe(await codeFor('ann'));
  });

  it.each([
    ['nobody', { channel: 'telegram' }, 404, 'id there is no customer "nobody"; the first event or PUT makes one'],
    ['ann', { channel: 'sms' }, 400, 'channel is "sms"; expected one of telegram, bale'],
    ['ann', {}, 400, 'body names nothing; give one or more of channel'],
    ['ann', { channel: 'bale' }, 409, 'channel has no bot to begin: PEYK_BALE_TOKEN is not set'],
  ])('for %s by %j is refused', async (customer, body, status, why) => {
    const refused = await linkFor(customer, body);
    const [error] = refused.answer['errors'] as { place: string; message: string }[];
    expect([refused.status, `${String(error?.place)} ${String(error?.message)}`]).toEqual([status, why]);
  });

  it('makes whoever follows it this customer, with all that they said as a stranger, once', async () => {
    await app.decide(event('customer.updated', 'sara', { phone: '+989350000001', telegram: '1' }));
    await tell(says(501, 'hello?'));
    expect(await heard('telegram:501')).toEqual(['hello?']);
    const start = says(501, `/start ${await codeFor('sara')}`);
    expect([await tell(start), await tell(start)]).toEqual([200, 200]);
    expect(await profile('sara')).toEqual({
      attributes: { phone: '+989350000001', telegram: '501' },
      merged_into: null,
    });
    expect(await profile('telegram:501')).toEqual({ attributes: {}, merged_into: 'sara' });
    expect(await heard('sara')).toEqual(['hello?', '/start']);
    await tell(says(501, 'again'));
    expect(await heard('sara')).toEqual(['hello?', '/start', 'again']);
    expect(await typesOf(app, 'sara')).toEqual([
      ...['customer.updated', 'customer.updated', 'message.received', 'customer.merged', 'customer.updated'],
      ...['message.received', 'message.received'],
    ]);
  });

  it('makes nobody somebody else where nobody was born from the chat', async () => {
    await app.decide(event('customer.updated', 'mina', { name: 'Mina' }));
    await tell(says(502, `/start ${await codeFor('mina')}`));
    expect(await profile('mina')).toEqual({ attributes: { name: 'Mina', telegram: '502' }, merged_into: null });
    expect(await profile('telegram:502')).toBeUndefined();
    expect(await heard('mina')).toEqual(['/start']);
  });

  it('that was followed, has expired or was never made joins nobody: what they say is a stranger’s word, and counted', async () => {
    await app.decide(event('customer.updated', 'zoe', { name: 'Zoe' }));
    const before = [await counted('joined'), await counted('unknown')];
    const used = await codeFor('zoe');
    await tell(says(503, `/start ${used}`));
    const late = await codeFor('zoe');
    await app.sql(`update chat_link set expires_at = now() - interval '1 second' where code = $1`, [late]);
    const forged = 'A'.repeat(22);
    for (const [place, code] of [used, late, forged].entries()) {
      expect(await tell(says(510 + place, `/start ${code}`))).toBe(200);
      expect(await heard(`telegram:${String(510 + place)}`)).toEqual([`/start ${code}`]);
    }
    expect(await profile('zoe')).toMatchObject({ attributes: { telegram: '503' } });
    expect([await counted('joined'), await counted('unknown')]).toEqual([before[0]! + 1, before[1]! + 3]);
    // Another messenger's chats have other numbers.
    const other = await codeFor('zoe');
    await tell(says(520, `/start ${other}`), 'bale');
    expect(await heard('bale:520')).toEqual([`/start ${other}`]);
    await tell(says(521, '/start'));
    expect(await heard('telegram:521')).toEqual(['/start']);
  });

  it('of somebody who was merged since is of the one who is left', async () => {
    await app.decide(event('customer.updated', 'gone', { name: 'G' }), event('customer.updated', 'left', {}));
    const code = await codeFor('gone');
    await app.decide(event('customer.merged', 'left', { from: 'gone', into: 'left' }));
    await tell(says(530, `/start ${code}`));
    expect(await profile('left')).toMatchObject({ attributes: { name: 'G', telegram: '530' } });
    expect((await linkFor('gone')).answer).toMatchObject({ customer: 'left' });
  });
});

describe('a phone that is shared', () => {
  it('makes the stranger whoever has it, however it is written', async () => {
    await app.decide(event('customer.updated', 'phoned', { phone: '+989350000600' }));
    await tell(says(600, 'hi'));
    const contact = shares(600, '989350000600');
    expect([await tell(contact), await tell(contact)]).toEqual([200, 200]);
    expect(await profile('phoned')).toMatchObject({ attributes: { phone: '+989350000600', telegram: '600' } });
    expect(await profile('telegram:600')).toMatchObject({ merged_into: 'phoned' });
    expect(await heard('phoned')).toEqual(['hi']);
  });

  it('is the stranger’s own where nobody has it', async () => {
    await tell(says(601, 'hi'));
    await tell(shares(601, '+989350000601'));
    await tell(shares(602, '+989350000602'));
    expect(await profile('telegram:601')).toEqual({
      attributes: { phone: '+989350000601', telegram: '601' },
      merged_into: null,
    });
    expect(await profile('telegram:602')).toMatchObject({ attributes: { phone: '+989350000602', telegram: '602' } });
  });

  it('joins nobody where it is somebody else’s, or no phone', async () => {
    await app.decide(event('customer.updated', 'victim', { phone: '+989350000700' }));
    await tell(says(700, 'hi'));
    expect([await tell(shares(700, '989350000700', 701)), await tell(shares(700, 'soon'))]).toEqual([200, 200]);
    expect(await profile('victim')).toEqual({ attributes: { phone: '+989350000700' }, merged_into: null });
    expect(await profile('telegram:700')).toEqual({ attributes: { telegram: '700' }, merged_into: null });
  });
});
