import type { Database } from '../../../src/store/connection.js';
import { call, hookedApp, postForm, postJson, secret, written, type HookedApp } from './hooked-app.js';

let app: HookedApp;
let hook: string;
/** Every statement fails while it is away, as when the database does not answer. */
let away = false;

function mortal(database: Database): Database {
  const gone = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' }));
  return {
    run: (one, values) => (away ? gone() : database.run(one, values)),
    transaction: (work) => (away ? gone() : database.transaction(work)),
    notify: (channel) => database.notify(channel),
    listen: (channel, heard) => database.listen(channel, heard),
  };
}

const keys = { PEYK_API_KEYS: 'key-of-the-business', PEYK_PUBLIC_URL: 'https://peyk.example.com' };
beforeAll(async () => {
  app = await hookedApp(keys, mortal);
  hook = `${app.url}/hooks/sms/${secret}`;
}, 120_000);
afterAll(() => app.close());

const events = async (): Promise<number> => (await app.sql('select from event')).length;

describe('the door of the hooks', () => {
  it('needs no API key, and any Host header will do', async () => {
    expect((await call(`${hook}?messageid=1&status=10`, { headers: { host: 'peyk.example.com' } })).status).toBe(200);
    expect((await call(`${app.url}/v1/messages`)).status).toBe(401);
  });

  it.each([
    ['another secret', `/hooks/sms/${secret.slice(0, -1)}x`],
    ['the beginning of the secret', `/hooks/sms/${secret.slice(0, -1)}`],
    ['the secret and more', `/hooks/sms/${secret}x`],
    ['no secret', '/hooks/sms/'],
    ['an empty path', '/hooks'],
    ['the secret at another place', `/hooks/${secret}/sms`],
    ['the secret spelled otherwise', `/hooks/sms/%61${secret.slice(1)}`],
    ['a path spelled otherwise', `/%68ooks/sms/not-the-secret-at-all`],
    ['the secret as a query', `/hooks/sms/x?${secret}`],
    ['a secret of 10,000 letters', `/hooks/sms/${'x'.repeat(10_000)}`],
    ['what cannot be decoded', '/hooks/sms/%ff%fe'],
  ])('is not there for %s, whatever is brought', async (_, path) => {
    const before = await events();
    const answers = [
      await call(`${app.url}${path}`),
      await postJson(`${app.url}${path}`, { from: '+989121112233', message: 'x', messageid: '1' }),
    ];
    for (const { status, body } of answers) {
      expect([400, 401, 404]).toContain(status);
      expect(body).not.toContain(secret.slice(0, 8));
      expect(body).not.toContain('/hooks/:channel');
    }
    expect(await events()).toBe(before);
  });

  it('answers every wrong secret alike, and counts it', async () => {
    const body = JSON.stringify({ errors: [{ place: 'path', message: 'there is nothing here' }] });
    for (const path of ['/hooks/sms/wrong', '/hooks/nowhere/wrong', `/hooks/sms/${secret}/more`, '/hooks/']) {
      expect(await call(`${app.url}${path}`)).toEqual({ status: 404, body });
    }
    expect(await app.metrics.print()).toMatch(
      /peyk_hooks_total\{channel="none",kind="none",result="turned_away"\} [1-9]/,
    );
  });

  it('reads no body of who does not know the secret', async () => {
    const answer = await postForm(`${app.url}/hooks/sms/wrong`, { message: 'x'.repeat(3_000_000) });
    expect(answer.status).toBe(404);
  });

  it('does not know a channel that there is not', async () => {
    expect((await call(`${app.url}/hooks/fax/${secret}`)).status).toBe(404);
    expect((await call(`${app.url}/hooks/__proto__/${secret}`)).status).toBe(404);
    expect((await call(`${app.url}/hooks/toString/${secret}`)).status).toBe(404);
  });

  it('takes GET and POST only', async () => {
    const answer = await call(hook, { method: 'PUT' });
    expect(answer.status).toBe(405);
    expect(answer.body).not.toContain(secret);
  });

  it('is open under any name of the server where there are no API keys either, and nothing else is', async () => {
    const local = await hookedApp();
    try {
      const headers = { host: 'peyk.example.com' };
      expect((await call(`${local.url}/hooks/sms/${secret}?messageid=1&status=10`, { headers })).status).toBe(200);
      expect((await call(`${local.url}/v1/messages`, { headers })).status).toBe(403);
      const reply = { from: '+989121112233', message: 'x', messageid: '1' };
      expect((await postJson(`${local.url}/%68ooks/sms/wrong-wrong-wrong`, reply)).status).toBe(404);
      expect((await postJson(`${local.url}/%68ooks/sms/${secret}`, reply)).status).toBe(404);
      expect(await local.sql('select from event')).toEqual([]);
    } finally {
      await local.close();
    }
  });

  it('is not there at all without a secret', async () => {
    const closed = await hookedApp({ PEYK_HOOK_SECRET: '' });
    try {
      for (const path of ['/hooks/sms/x', '/hooks/sms/undefined', '/hooks/sms/']) {
        expect((await call(`${closed.url}${path}`)).status).toBe(404);
      }
    } finally {
      await closed.close();
    }
  });
});

describe('what is brought to the hooks', () => {
  const json = { 'content-type': 'application/json' };

  it('may not be larger than 64 KiB, however it is sent', async () => {
    const large = await postForm(hook, { from: '+989121112233', message: 'x'.repeat(70_000), messageid: '2' });
    expect(large).toMatchObject({ status: 413, body: expect.stringContaining('64 KiB') as string });
    const chunked = await call(hook, {
      method: 'POST',
      headers: { ...json, 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(200_000, 0x20),
    });
    expect(chunked.status).toBe(413);
    expect((await postJson(`${app.url}/hooks/telegram/${secret}`, { x: 'y'.repeat(5_000_000) })).status).toBe(413);
  });

  it.each([
    ['lists in lists', '['.repeat(30_000)],
    ['closed lists in lists', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['objects in objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    ['a message nested 40 deep', `${'{"message":'.repeat(40)}1${'}'.repeat(40)}`],
  ])('is refused soon where it is %s', async (_, body) => {
    const began = process.cpuUsage();
    for (const channel of ['sms', 'telegram', 'instagram']) {
      const answer = await call(`${app.url}/hooks/${channel}/${secret}`, { method: 'POST', headers: json, body });
      expect(answer.status).toBe(400);
    }
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(2_000);
  });

  it.each([
    ['no JSON', '{"messageid":'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['null', 'null'],
    ['a text', '"x"'],
    ['an empty list', '[]'],
    ['something else', '{"hello":"world"}'],
    ['a status that is no number', '{"messageid":"1","status":"<script>"}'],
    ['an id that is an object', '{"messageid":{"$gt":""},"status":10}'],
    ['the id of nothing', '{"messageid":"","status":10}'],
    ['a prototype', '{"__proto__":{"messageid":"1","status":10}}'],
  ])('is said to be wrong where it is %s', async (_, body) => {
    const before = await events();
    const answer = await call(hook, { method: 'POST', headers: json, body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^\{"errors":\[\{"place":"body","message":"[a-z]/);
    expect(await events()).toBe(before);
  });

  it.each(["1' or '1'='1", '1; drop table message', '%00', '‮11', '../../etc/passwd'])(
    'is data and never more: %s',
    async (text) => {
      const before = (await app.sql('select from message')).length;
      await call(`${hook}?messageid=${encodeURIComponent(text)}&status=10`);
      await postJson(`${app.url}/hooks/instagram/${secret}`, {
        kind: 'receipt',
        provider_id: text,
        status: 'delivered',
      });
      await postJson(`${app.url}/hooks/instagram/${secret}`, { kind: 'reply', id: text, from: text, text });
      expect((await app.sql('select from message')).length).toBe(before);
    },
  );

  it('keeps the good ones of a list, and names what is wrong with the others by their place', async () => {
    await written(app, 'listed', '+989121230009', '66009');
    const answer = await postJson(hook, [
      { messageid: '66009', status: '10' },
      { messageid: '66010', status: 'ten' },
    ]);
    expect(answer.status).toBe(207);
    expect(JSON.parse(answer.body)).toEqual({
      taken: 1,
      errors: [
        { place: 'body[1].status', message: 'is "ten"; expected a number that Kavenegar documents, such as 10' },
      ],
    });
    expect(await app.sql(`select receipt from message where provider_id = '66009'`)).toEqual([
      { receipt: 'delivered' },
    ]);
    const [none] = [await postJson(hook, [{ messageid: '66010', status: 'ten' }])];
    expect([none.status, none.body]).toEqual([400, expect.stringContaining('"place":"body[0].status"')]);
  });

  it('with names and ids that are too long is not kept', async () => {
    const before = await events();
    const long = 'x'.repeat(5_000);
    const instagram = `${app.url}/hooks/instagram/${secret}`;
    expect((await postJson(instagram, { kind: 'reply', id: long, from: 'a', text: 'x' })).status).toBe(200);
    expect((await postJson(instagram, { kind: 'reply', id: '1', from: long, text: 'x' })).status).toBe(200);
    expect((await postJson(instagram, { kind: 'receipt', provider_id: long, status: 'failed' })).status).toBe(200);
    expect(await events()).toBe(before);
    expect(await app.metrics.print()).toMatch(/kind="receipt",result="unreadable"\} [1-9]/);
  });

  it('cannot make an event that only the engine makes', async () => {
    const customer = 'victim';
    await written(app, customer, '+989121230001', '66001');
    const body = { kind: 'receipt', provider_id: '66001', status: 'clicked' };
    expect((await postJson(`${app.url}/hooks/voice/${secret}`, body)).status).toBe(400);
    const forged = { specversion: '1.0', id: '1', source: '/x', type: 'message.delivered', subject: customer };
    expect(
      (
        await call(hook, {
          method: 'POST',
          headers: { 'content-type': 'application/cloudevents+json' },
          body: JSON.stringify(forged),
        })
      ).status,
    ).toBe(400);
  });

  it('is asked for again while the database is away, and kept when it is back', async () => {
    const customer = 'patient';
    await written(app, customer, '+989121230002', '66002');
    const tell = () => call(`${hook}?messageid=66002&status=10`);
    const answer = () => call(`${hook}?messageid=66003&from=09121230002&message=5`);
    away = true;
    expect([(await tell()).status, (await answer()).status]).toEqual([503, 503]);
    away = false;
    expect([(await tell()).status, (await answer()).status]).toEqual([200, 200]);
    const types = await app.sql<{ type: string }>(
      `select type from event where customer_id = $1 and type like 'message.%' order by type`,
      [customer],
    );
    expect(types.map(({ type }) => type)).toEqual(['message.delivered', 'message.received']);
  });

  it('leaves the secret in no line of the log', () => {
    expect(app.logLines.length).toBeGreaterThan(0);
    expect(app.logLines.join('\n')).not.toContain(secret);
  });
});
