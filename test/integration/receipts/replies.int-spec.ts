import { event } from '../engine/engine-bench.js';
import { call, hookedApp, postForm, postJson, secret, typesOf, written, type HookedApp } from './hooked-app.js';

let app: HookedApp;
const hook = (channel: string): string => `${app.url}/hooks/${channel}/${secret}`;
let made = 0;
beforeAll(async () => {
  app = await hookedApp();
}, 120_000);
afterAll(() => app.close());

function newId(): string {
  made += 1;
  return String(51_000 + made);
}

function newPhone(): string {
  made += 1;
  return `+98935${String(1_000_000 + made)}`;
}

/** As Kavenegar brings it: by GET, the number as its senders write it. */
function reply(from: string, text: string, id = newId()): Promise<{ status: number }> {
  const query = new URLSearchParams({ from: `0${from.slice(3)}`, to: '10004346', message: text, messageid: id });
  return call(`${hook('sms')}?${query.toString()}`);
}

async function received(customer: string): Promise<readonly Record<string, unknown>[]> {
  const text = `select id, source, data from event where customer_id = $1 and type = 'message.received' order by seq`;
  return app.sql(text, [customer]);
}

describe('a reply', () => {
  it('is an event of whoever was written to', async () => {
    const phone = newPhone();
    await written(app, 'sara', phone, newId());
    expect((await reply(phone, '۵ عالی بود', '900')).status).toBe(200);
    expect(await received('sara')).toEqual([
      { id: '900', source: '/hooks/kavenegar', data: { channel: 'sms', from: phone, text: '۵ عالی بود' } },
    ]);
  });

  it('that is brought again counts once, even when somebody else with that number was written to meanwhile', async () => {
    const phone = newPhone();
    await written(app, 'first', phone, newId());
    await reply(phone, 'one', '901');
    await written(app, 'second', phone, newId());
    await reply(phone, 'one', '901');
    expect(await received('first')).toHaveLength(1);
    expect(await received('second')).toHaveLength(0);
    await reply(phone, 'two', '902');
    expect(await received('second')).toHaveLength(1);
  });

  it('of «11» opts out and takes back what is queued', async () => {
    const phone = newPhone();
    await app.decide(
      event('customer.updated', 'leaver', { phone }),
      event('repair.received', 'leaver', { repair_id: 'r1' }),
    );
    const states = () => app.sql(`select state from message where customer_id = 'leaver'`);
    expect(await states()).toEqual([{ state: 'queued' }]);
    await reply(phone, '۱۱');
    expect(await states()).toEqual([{ state: 'withdrawn' }]);
    expect(await app.sql(`select consent from customer where id = 'leaver'`)).toEqual([{ consent: { news: false } }]);
  });

  it('where two have one phone and nobody was written to is the newest one’s', async () => {
    const phone = newPhone();
    await app.decide(event('customer.updated', 'older', { phone }));
    await app.decide(event('customer.updated', 'newer', { phone }));
    await reply(phone, 'hello');
    expect([(await received('older')).length, (await received('newer')).length]).toEqual([0, 1]);
  });

  it('where two have one phone is his who was written to last, on that channel', async () => {
    const phone = newPhone();
    await written(app, 'older2', phone, newId());
    await app.decide(event('customer.updated', 'newer2', { phone }));
    await reply(phone, 'hello');
    expect([(await received('older2')).length, (await received('newer2')).length]).toEqual([1, 0]);
  });

  it('is not his who was called there since, but not written to', async () => {
    const phone = newPhone();
    await written(app, 'texted', phone, newId());
    await written(app, 'rung', phone, newId());
    await app.sql(`update message set channel = 'voice' where customer_id = 'rung'`);
    await reply(phone, 'hello');
    expect([(await received('texted')).length, (await received('rung')).length]).toEqual([1, 0]);
  });

  it('from a number that nobody has makes a customer of it, who has that number', async () => {
    const phone = newPhone();
    await reply(phone, 'who are you?');
    expect(await typesOf(app, `tel:${phone}`)).toEqual(['customer.updated', 'message.received']);
    expect(await app.sql('select attributes from customer where id = $1', [`tel:${phone}`])).toEqual([
      { attributes: { phone } },
    ]);
    await reply(phone, 'tell me');
    expect(await typesOf(app, `tel:${phone}`)).toEqual(['customer.updated', 'message.received', 'message.received']);
  });

  it('of somebody unknown twice at once makes one customer', async () => {
    const phone = newPhone();
    await Promise.all([reply(phone, 'a'), reply(phone, 'b'), reply(phone, 'c')]);
    expect((await typesOf(app, `tel:${phone}`)).filter((type) => type === 'customer.updated')).toHaveLength(1);
    expect(await received(`tel:${phone}`)).toHaveLength(3);
  });

  it('does not undo what the business has said of that customer since', async () => {
    const phone = newPhone();
    await reply(phone, 'hello');
    const moved = newPhone();
    await app.decide(event('customer.updated', `tel:${phone}`, { phone: moved }));
    await reply(phone, 'again');
    expect(await app.sql('select attributes from customer where id = $1', [`tel:${phone}`])).toEqual([
      { attributes: { phone: moved } },
    ]);
    expect(await received(`tel:${phone}`)).toHaveLength(2);
  });

  it('is found when the process was killed between finding whose it is and keeping it', async () => {
    const phone = newPhone();
    await app.sql(`insert into heard_reply (provider, id, customer_id) values ('kavenegar', '950', $1)`, [
      `tel:${phone}`,
    ]);
    await reply(phone, 'hello', '950');
    expect(await typesOf(app, `tel:${phone}`)).toEqual(['customer.updated', 'message.received']);
  });

  it('is a pressed button too, once however often it is told, and Telegram is told that all is well', async () => {
    await app.decide(event('customer.updated', 'presses', { telegram: '4715' }));
    const message = { chat: { id: 4715, type: 'private' } };
    const press = { update_id: 7, callback_query: { id: '17', message, data: '5' } };
    const { status, body } = await postJson(hook('telegram'), press);
    expect([status, JSON.parse(body)]).toEqual([200, { method: 'answerCallbackQuery', callback_query_id: '17' }]);
    await postJson(hook('telegram'), press);
    expect(await received('presses')).toMatchObject([{ data: { from: '4715', channel: 'telegram', text: '5' } }]);
  });

  it.each(['telegram', 'bale'])('comes from %s too', async (channel) => {
    await app.decide(event('customer.updated', `on-${channel}`, { [channel]: '4711' }));
    const update = (chat: number, id: number) => ({
      update_id: id,
      message: { chat: { id: chat, type: 'private' }, text: 'سلام' },
    });
    await postJson(hook(channel), update(4711, 1));
    await postJson(hook(channel), update(4711, 1));
    expect(await received(`on-${channel}`)).toMatchObject([
      { source: `/hooks/${channel}`, data: { from: '4711', channel } },
    ]);
    await postJson(hook(channel), update(4712, 2));
    expect(await typesOf(app, `${channel}:4712`)).toEqual(['customer.updated', 'message.received']);
  });

  it('in our own form comes on any other channel', async () => {
    await app.decide(event('customer.updated', 'insta', { instagram: 'sara.m' }));
    const answer = await postJson(hook('instagram'), { kind: 'reply', id: 'i1', from: 'sara.m', text: 'سلام' });
    expect(answer.status).toBe(200);
    expect(await received('insta')).toMatchObject([{ id: 'i1', source: '/hooks/instagram' }]);
  });

  it('of 10,000 letters is kept whole, and soon', async () => {
    const phone = newPhone();
    const text = 'س'.repeat(10_000);
    const began = process.cpuUsage();
    const answer = await postForm(hook('sms'), { from: phone, message: text, messageid: newId() });
    expect(answer.status).toBe(200);
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(2_000);
    expect(await received(`tel:${phone}`)).toMatchObject([{ data: { text } }]);
  });

  it('with what Postgres cannot keep in it is kept without that', async () => {
    const phone = newPhone();
    await postJson(hook('sms'), { from: phone, message: 'a\u0000b\ud800', messageid: newId() });
    expect(await received(`tel:${phone}`)).toMatchObject([{ data: { text: 'a\ufffdb\ufffd' } }]);
  });

  it('of a bank, which has no number, is nobody’s', async () => {
    const before = await app.sql('select count(*) as count from event');
    expect((await call(`${hook('sms')}?from=BankMelli&to=1&message=x&messageid=${newId()}`)).status).toBe(200);
    expect(await app.sql('select count(*) as count from event')).toEqual(before);
  });
});
