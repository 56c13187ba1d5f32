import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import { get, metric, post, put, readiness, received } from './shop.js';
import { apiKey, World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

const metrics = [
  'peyk_events_total',
  'peyk_decisions_total',
  'peyk_messages_total',
  'peyk_send_seconds',
  'peyk_outbox_depth',
  'peyk_held',
  'peyk_journey_paused',
  'peyk_in_doubt_total',
  'peyk_dead_letters_total',
  'peyk_timer_lag_seconds',
  'peyk_kafka_lag',
  'peyk_rate_limit_wait_seconds',
];

describe('a channel without credentials', () => {
  it('holds its messages and says so; with credentials they leave', async () => {
    const first = await world.serve();
    await put(first.url, 'c1', { phone: '09121234567' });
    await put(first.url, 'c2', { email: 'sara@example.com' });
    expect(await post(first.url, [received('c1'), received('c2')])).toMatchObject({ status: 202 });
    const health = await readiness(first.url);
    expect(health).toMatchObject({ code: 200, status: 'warning' });
    expect(health.checks.find(({ name }) => name === 'channel sms')?.detail).toContain('PEYK_KAVENEGAR_API_KEY');
    expect(health.checks.find(({ name }) => name === 'channel email')?.detail).toContain('PEYK_SMTP_URL');
    expect(await metric(first.url, 'peyk_held{reason="channel_unavailable"}')).toBe(2);
    expect(await metric(first.url, 'peyk_outbox_depth{channel="sms"}')).toBe(1);
    await first.peyk.stop();

    const { fake, env } = await world.kavenegar();
    const smtp = await world.smtp();
    // Nobody here has a chat with the bot.
    const bot = { PEYK_TELEGRAM_TOKEN: '1:token', PEYK_TELEGRAM_API_ROOT: fake.url };
    const known = { ...env, ...bot, PEYK_SMTP_URL: smtp.url };
    const second = await world.serve({ ...known, PEYK_DATABASE_URL: first.database });
    await until('both messages', () => fake.sent().length + smtp.mails().length === 2);
    expect(fake.sent()).toHaveLength(1);
    await until(
      'an empty outbox',
      async () => (await metric(second.url, 'peyk_held{reason="channel_unavailable"}')) === 0,
    );
    const { code, checks } = await readiness(second.url);
    expect(code).toBe(200);
    expect(checks.filter(({ name, status }) => name.startsWith('channel') && status !== 'ok')).toEqual([]);
  });
});

describe('metrics', () => {
  it('have the names and the numbers that dashboards rely on', async () => {
    const { fake, env } = await world.kavenegar();
    const { url } = await world.serve(env);
    await put(url, 'c1', { phone: '09121234567' });
    await post(url, [received('c1'), received('c1'), received('c1', 'r-2'), { ...received('c1'), type: 'no.such' }]);
    await until('the messages', () => fake.sent().length === 2);
    await until(
      'their counts',
      async () => (await metric(url, 'peyk_messages_total{channel="sms",purpose="transactional",status="sent"}')) === 2,
    );
    const { text, headers } = await get(`${url}/metrics`);
    expect(headers.get('content-type')).toContain('text/plain');
    for (const name of metrics) expect(text).toContain(`# TYPE ${name} `);
    expect(await metric(url, 'peyk_events_total{source="http",result="accepted"}')).toBe(2);
    expect(await metric(url, 'peyk_events_total{source="http",result="duplicate"}')).toBe(1);
    expect(await metric(url, 'peyk_events_total{source="http",result="rejected"}')).toBe(1);
    expect(await metric(url, 'peyk_decisions_total{journey="repair-status",kind="entered"}')).toBe(2);
    expect(await metric(url, 'peyk_send_seconds_count{channel="sms",provider="kavenegar"}')).toBe(2);
  });
});

describe('the log of peyk serve', () => {
  it('is JSON lines without a phone number, an address or a key in clear', async () => {
    const { fake, env } = await world.kavenegar({ blocked: ['09121234567'] });
    fake.faults.next({ kind: 'status', status: 403 });
    const smtp = await world.smtp();
    smtp.faults.next({ kind: 'reply', at: 'rcpt', code: 550, text: '5.1.1 <reza@example.com> unknown' });
    const keys = { PEYK_API_KEYS: 'key-of-the-shop', PEYK_LOG_LEVEL: 'trace' };
    const { url, peyk, database } = await world.serve({ ...env, ...keys, PEYK_SMTP_URL: smtp.url });
    const authorization = { authorization: 'Bearer key-of-the-shop' };
    const customer = (id: string, attributes: object): Promise<unknown> =>
      fetch(`${url}/v1/customers/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', ...authorization },
        body: JSON.stringify(attributes),
      });
    await customer('c1', { phone: '09121234567', email: 'sara@example.com' });
    await customer('c2', { email: 'reza@example.com' });
    await fetch(`${url}/v1/customers/+989121234567`, { method: 'PUT', headers: authorization, body: '{' });
    await fetch(`${url}/v1/customers/c1?email=sara@example.com`, {
      headers: { authorization: 'Bearer wrong-key-of-someone' },
    });
    expect(await post(url, [received('c1'), received('c2')])).toMatchObject({ status: 401 });
    expect(await post(url, [received('c1'), received('c2')], authorization)).toMatchObject({ status: 202 });
    await until('a refused mail', () => peyk.out.includes('message failed') || peyk.out);
    await peyk.stop();
    const lines = peyk.out.trim().split('\n');
    for (const line of lines) {
      const { level, time } = JSON.parse(line) as Record<string, unknown>;
      expect([typeof level, typeof time]).toEqual(['string', 'string']);
    }
    const secrets = [
      '9121234567',
      'sara@example',
      'reza@example',
      apiKey,
      'key-of-the-shop',
      'mail-password',
      new URL(database).password,
    ];
    for (const secret of secrets) expect(peyk.out + peyk.err).not.toContain(secret);
    expect(peyk.err).toBe('');
  });
});
