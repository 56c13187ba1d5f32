import { randomUUID } from 'node:crypto';
import { hookToken } from '../../../src/channels/hook-token.js';
import { putOffEarlyReceipts } from '../../../src/store/receipts/put-off-early-receipts.sql.js';
import { takeEarlyReceipts } from '../../../src/store/receipts/take-early-receipts.sql.js';
import { settleSent } from '../../../src/store/outbox/settle-sent.sql.js';
import { until } from '../outbox/outbox-fixture.js';
import { call, hookedApp, postForm, postJson, secret, typesOf, written, type HookedApp } from './hooked-app.js';

let app: HookedApp;
let hook: string;
let made = 0;
beforeAll(async () => {
  app = await hookedApp();
  hook = `${app.url}/hooks/sms/${secret}`;
}, 120_000);
afterAll(() => app.close());

/** A customer of their own, and their message's id at the provider. */
async function someone(): Promise<{ customer: string; providerId: string; id: number }> {
  made += 1;
  const customer = `c${String(made)}`;
  const providerId = String(8_000_000 + made);
  const id = await written(app, customer, `+98912000${String(1000 + made)}`, providerId);
  return { customer, providerId, id };
}

async function receiptOf(id: number): Promise<string | null | undefined> {
  return (await app.sql<{ receipt: string | null }>('select receipt from message where id = $1', [id]))[0]?.receipt;
}

const told = ['customer.updated', 'visit', 'message.delivered'];

describe('a receipt', () => {
  it.each([
    ['a query', (id: string) => call(`${hook}?messageid=${id}&status=10`)],
    ['a query of other keys', (id: string) => call(`${hook}?messageId=${id}&STATUS=10&statustext=x`)],
    ['a form', (id: string) => postForm(hook, { messageid: id, status: '10' })],
    ['JSON', (id: string) => postJson(hook, { MessageID: Number(id), Status: 10 })],
    [
      'a list',
      (id: string) =>
        postJson(hook, [
          { messageid: id, status: '4' },
          { messageid: id, status: '10' },
        ]),
    ],
    [
      'JSON under the type of a form',
      (id: string) =>
        call(hook, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: JSON.stringify({ messageid: id, status: 10 }),
        }),
    ],
    ['our own form', (id: string) => postJson(hook, { kind: 'receipt', provider_id: id, status: 'delivered' })],
  ])('by %s becomes an event of its customer, and is noted on its message', async (_, tell) => {
    const { customer, providerId, id } = await someone();
    expect(await tell(providerId)).toEqual({ status: 200, body: 'ok' });
    expect(await typesOf(app, customer)).toEqual(told);
    expect(await receiptOf(id)).toBe('delivered');
  });

  it('lets the journey go on that waits for it, and says of which message it is', async () => {
    const { customer, providerId, id } = await someone();
    await call(`${hook}?messageid=${providerId}&status=10`);
    const [one] = await app.sql(
      `select id, source, data from event where customer_id = $1 and type = 'message.delivered'`,
      [customer],
    );
    const data = { message_id: String(id), journey: 'watching', template: 'hello', channel: 'sms' };
    expect(one).toEqual({ id: `kavenegar/${providerId}/delivered`, source: '/messages', data });
    expect(await app.sql('select reason from enrolment where customer_id = $1', [customer])).toEqual([
      { reason: 'arrived' },
    ]);
  });

  it('by our own id is taken as well', async () => {
    const { customer, id } = await someone();
    expect((await postJson(hook, { kind: 'receipt', message_id: String(id), status: 'delivered' })).status).toBe(200);
    expect(await typesOf(app, customer)).toEqual(told);
  });

  it('that is told again, also many times at once, counts once', async () => {
    const { customer, providerId } = await someone();
    const tell = () => call(`${hook}?messageid=${providerId}&status=10`);
    const all = await Promise.all(Array.from({ length: 12 }, tell));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    await tell();
    expect(await typesOf(app, customer)).toEqual(told);
  });

  it('of a failure says why, and what has arrived stays arrived', async () => {
    const failing = await someone();
    await call(`${hook}?messageid=${failing.providerId}&status=11`);
    const [one] = await app.sql(
      `select data ->> 'reason' as reason from event where customer_id = $1 and type = 'message.failed'`,
      [failing.customer],
    );
    expect(one).toEqual({ reason: 'undelivered' });
    expect(await receiptOf(failing.id)).toBe('failed');
    await call(`${hook}?messageid=${failing.providerId}&status=10`);
    expect(await receiptOf(failing.id)).toBe('delivered');
    await call(`${hook}?messageid=${failing.providerId}&status=6`);
    expect(await receiptOf(failing.id)).toBe('delivered');
  });

  it('of a way that is not over says nothing', async () => {
    const { customer, providerId } = await someone();
    expect((await call(`${hook}?messageid=${providerId}&status=4`)).status).toBe(200);
    expect(await typesOf(app, customer)).toEqual(told.slice(0, 2));
  });

  it.each<[string, string | undefined, number]>([
    ['the token that we gave', hookToken(secret, 'telegram'), 200],
    ['no token', undefined, 200],
    ['another token', 'x'.repeat(64), 401],
  ])('from Telegram comes with %s', async (_, token, status) => {
    const headers = { 'content-type': 'application/json', ...(token && { 'x-telegram-bot-api-secret-token': token }) };
    const body = JSON.stringify({ update_id: 1 });
    const answer = await call(`${app.url}/hooks/telegram/${secret}`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer.body).toContain('run it once more');
  });

  it('by our own id is known also after its message went on to another channel', async () => {
    const { customer, id } = await someone();
    await app.sql(
      `insert into past_attempt (provider, provider_id, message_id, customer_id, channel) values ('kavenegar', $1, $2, $3, 'voice')`,
      [`message/${String(id)}/voice`, id, customer],
    );
    const tell = (channel: string) =>
      postJson(`${app.url}/hooks/${channel}/${secret}`, {
        kind: 'receipt',
        message_id: String(id),
        status: 'delivered',
      });
    expect((await tell('voice')).status).toBe(200);
    const rows = await app.sql(
      `select data ->> 'channel' as channel from event where customer_id = $1 and type = 'message.delivered'`,
      [customer],
    );
    expect(rows).toEqual([{ channel: 'voice' }]);
    expect(await receiptOf(id)).toBe('delivered');
  });

  it('of a message that is not ours is answered with 200, counted, and nothing else', async () => {
    const { customer } = await someone();
    expect((await call(`${hook}?messageid=123454321&status=10`)).status).toBe(200);
    expect(await app.sql('select from early_receipt')).toEqual([]);
    expect(await typesOf(app, customer)).toEqual(told.slice(0, 2));
    expect(await app.metrics.print()).toContain('peyk_hooks_total{channel="sms",kind="receipt",result="unknown"} 1');
  });

  it('of another provider with the same id is not taken for it', async () => {
    const { customer, providerId } = await someone();
    await app.sql(`update message set provider = 'another' where customer_id = $1`, [customer]);
    await call(`${hook}?messageid=${providerId}&status=10`);
    expect(await typesOf(app, customer)).toEqual(told.slice(0, 2));
  });

  it('that overtakes the outcome of its own send is kept, and told when that is written', async () => {
    const customer = 'overtaken';
    const id = await written(app, customer, '+989127654321');
    expect((await call(`${hook}?messageid=77001&status=10`)).status).toBe(200);
    expect((await call(`${hook}?messageid=77001&status=10`)).status).toBe(200);
    expect(await app.sql('select provider_id from early_receipt')).toEqual([{ provider_id: '77001' }]);
    await app.sql(`update message set state = 'sent', provider_id = '77001', settled_at = now() where id = $1`, [id]);
    await until(async () => (await app.sql('select from early_receipt')).length === 0, 15_000);
    expect(await typesOf(app, customer)).toEqual(told);
    expect(await receiptOf(id)).toBe('delivered');
  });

  it('that has waited long for its send is told as soon as that is settled', async () => {
    const customer = 'long-overtaken';
    const id = await written(app, customer, '+989127654322');
    expect((await call(`${hook}?messageid=77002&status=10`)).status).toBe(200);
    const lease = randomUUID();
    await app.sql(`update early_receipt set try_at = now() + interval '1 hour' where provider_id = '77002'`);
    await app.sql('update message set lease = $2 where id = $1', [id, lease]);
    const [row] = await app.database.run(settleSent, [[id], [lease], ['77002'], [120]]);
    expect(row).toMatchObject({ settled: 1 });
    await until(async () => (await receiptOf(id)) === 'delivered', 15_000);
    expect(await typesOf(app, customer)).toContain('message.delivered');
  });

  it('that somebody took who died over it is told by another within seconds, however long it has waited', async () => {
    const customer = 'bereaved';
    const id = await written(app, customer, '+989127654323');
    expect((await call(`${hook}?messageid=77003&status=10`)).status).toBe(200);
    await app.sql(
      `update early_receipt set at = now() - interval '50 minutes', try_at = now() where provider_id = '77003'`,
    );
    await takenAs('77003', 5_000);
    await app.sql(`update message set state = 'sent', provider_id = '77003', settled_at = now() where id = $1`, [id]);
    await until(async () => (await receiptOf(id)) === 'delivered', 15_000);
    expect(await app.sql('select from early_receipt')).toEqual([]);
  });

  it('is not put off by who tried it before its send was settled', async () => {
    const id = await written(app, 'put-off', '+989127654324');
    expect((await call(`${hook}?messageid=77004&status=10`)).status).toBe(200);
    await app.sql(
      `update early_receipt set at = now() - interval '50 minutes', try_at = now() where provider_id = '77004'`,
    );
    const taken = await takenAs('77004', 60_000);
    const lease = randomUUID();
    await app.sql('update message set lease = $2 where id = $1', [id, lease]);
    await app.database.run(settleSent, [[id], [lease], ['77004'], [120]]);
    await app.database.run(putOffEarlyReceipts, [['kavenegar'], ['77004'], ['delivered'], [taken]]);
    await until(async () => (await receiptOf(id)) === 'delivered', 15_000);
  });

  /** The app itself looks for early receipts all the time. */
  async function takenAs(providerId: string, forMs: number): Promise<string> {
    for (;;) {
      const rows = await app.database.run(takeEarlyReceipts, [3_600_000, forMs]);
      const row = rows.find((one) => one.provider_id === providerId);
      if (row !== undefined) return row.until;
      await app.sql(`update early_receipt set try_at = now() where provider_id = $1`, [providerId]);
    }
  }

  it('of a channel before the last is told of that channel, and keeps the message from falling back further', async () => {
    const { customer, providerId, id } = await someone();
    await app.sql(
      `insert into past_attempt (provider, provider_id, message_id, customer_id, channel) values ('kavenegar', $1, $2, $3, 'sms')`,
      [providerId, id, customer],
    );
    await app.sql(
      `update message set channel = 'email', provider = 'smtp', provider_id = '<x@y>', fallback_at = now() + interval '1 hour' where id = $1`,
      [id],
    );
    await call(`${hook}?messageid=${providerId}&status=11`);
    expect(await receiptOf(id)).toBeNull();
    await call(`${hook}?messageid=${providerId}&status=10`);
    const channels = await app.sql<{ channel: string }>(
      `select data ->> 'channel' as channel from event where customer_id = $1 and type like 'message.%'`,
      [customer],
    );
    expect(channels.map(({ channel }) => channel)).toEqual(['sms', 'sms']);
    expect(await app.sql('select receipt, fallback_at from message where id = $1', [id])).toEqual([
      { receipt: 'delivered', fallback_at: null },
    ]);
  });

  it('of a failure makes its message go on to the next channel at once, unless the journey was left', async () => {
    const goes = await someone();
    const left = await someone();
    await app.sql(`update message set fallbacks = '[{"channel": "email"}]' where id = any($1::bigint[])`, [
      [goes.id, left.id],
    ]);
    await app.sql(`update enrolment set status = 'ended', reason = 'exit_rule' where customer_id = $1`, [
      left.customer,
    ]);
    for (const { providerId } of [goes, left]) await call(`${hook}?messageid=${providerId}&status=11`);
    const due = await app.sql(
      'select fallback_at <= now() as due from message where id = any($1::bigint[]) order by id',
      [[goes.id, left.id]],
    );
    expect(due).toEqual([{ due: true }, { due: null }]);
  });

  it('is shown with its message and on the timeline', async () => {
    const { customer, providerId } = await someone();
    await call(`${hook}?messageid=${providerId}&status=10`);
    const shown = (path: string) =>
      call(`${app.url}${path}`).then(({ body }) => JSON.parse(body) as Record<string, unknown[]>);
    const at = expect.stringMatching(/^20.*Z$/) as string;
    expect((await shown(`/v1/messages?customer=${customer}`))['messages']).toMatchObject([
      { receipt: 'delivered', receipt_at: at },
    ]);
    const { items = [] } = await shown(`/v1/customers/${customer}/timeline`);
    expect(items).toContainEqual(expect.objectContaining({ kind: 'message', receipt: 'delivered', receipt_at: at }));
  });
});
