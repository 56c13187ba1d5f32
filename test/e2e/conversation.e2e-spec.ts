import { jest } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Topics } from '../integration/kafka/topics.js';
import { until } from '../integration/kafka/until.js';
import { describeWithKafka } from '../servers/kafka/describe.js';
import { FakeBotApi } from '../servers/messengers/bot-api.js';
import type { Env } from './peyk-process.js';
import { event, get, phoneOf, post, put } from './shop.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

const secret = 'a-hook-secret-of-the-shop';
const token = '123456:token-of-the-shop';

/** The hours of the night are elsewhere on the clock, so that the test runs at any time of the day. */
const files: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
  survey: { consent: not_needed, caps: [ 1 per 30 days ], when_capped: drop }
  marketing: { consent: required, footer: "لغو۱۱" }
opt_out: { words: ["11", لغو], purposes: [marketing, survey] }
channel_order: [telegram, sms, email]
channels:
  telegram: { provider: telegram }
  sms: { provider: kavenegar, sender: '10004346' }
  email: { provider: smtp, sender: 'فروشگاه <shop@example.com>' }
`,
  'journeys/events.yaml': `repair.delivered: { repair_id: text }
visit: { table?: text }
offer.made: { offer: text }
`,
  'journeys/how-was-it.yaml': `journey: how-was-it
purpose: survey
about: repair_id
trigger: { event: repair.delivered }
steps:
  - { ask: how, via: [telegram, sms], answers: 1..5, within: 2 days, save_as: csat, else: [ stop: silent ] }
  - { send: thanks, via: reply, purpose: transactional }
`,
  'journeys/guests.yaml': `journey: guests
purpose: survey
trigger: { event: visit, max_age: 60 days }
steps: [ { send: guest } ]
`,
  'journeys/offers.yaml': `journey: offers
purpose: marketing
trigger: { event: offer.made }
steps: [ { send: offer, via: [sms, email] } ]
`,
  'templates/how/telegram.hbs': 'چطور بود؟\n',
  'templates/how/sms.hbs': 'چطور بود؟ از ۱ تا ۵ پاسخ دهید\n',
  'templates/thanks/sms.hbs': 'ممنون از {{fa_digits csat.value}}\n',
  'templates/thanks/telegram.hbs': 'ممنون از {{fa_digits csat.value}}\n',
  'templates/guest/sms.hbs': 'امروز چطور بود؟\n',
  'templates/offer/sms.hbs': 'پیشنهاد {{trigger.offer}}\n',
  'templates/offer/email.hbs': '---\nsubject: پیشنهاد\n---\n<p>پیشنهاد {{trigger.offer}}</p>\n',
};

function written(): Env {
  const folder = world.folder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return {
    PEYK_JOURNEYS_DIR: path.join(folder, 'journeys'),
    PEYK_TEMPLATES_DIR: path.join(folder, 'templates'),
    PEYK_HOOK_SECRET: secret,
  };
}

async function bot(): Promise<{ readonly fake: FakeBotApi; readonly env: Env }> {
  const fake = await new FakeBotApi(token).listen();
  world.defer(() => fake.close());
  return { fake, env: { PEYK_TELEGRAM_TOKEN: token, PEYK_TELEGRAM_API_ROOT: fake.url } };
}

/** As Kavenegar calls a line's address for what was received. */
async function reply(url: string, id: number, from: string, message: string): Promise<number> {
  const query = new URLSearchParams({ from, to: '10004346', message, messageid: String(id) });
  return (await get(`${url}/hooks/sms/${secret}?${query.toString()}`)).status;
}

it('asks by SMS what Telegram refuses, thanks for a 5 where it came, and obeys an 11, over a kill -9', async () => {
  const { fake: sms, env: kavenegar } = await world.kavenegar();
  const { fake: telegram, env: messenger } = await bot();
  const smtp = await world.smtp();
  const env = { ...written(), ...kavenegar, ...messenger, PEYK_SMTP_URL: smtp.url };
  const first = await world.serve(env);
  const ann = { phone: phoneOf(1), telegram: '4711', email: 'ann@example.com', consent: { marketing: true } };
  await put(first.url, 'ann', ann);
  telegram.blocked.add('4711');

  expect(await post(first.url, [event('repair.delivered', 'ann', 'd1', { repair_id: 'r1' })])).toMatchObject({
    status: 202,
  });
  const texts = (): string[] => sms.sent().map(({ text }) => text);
  await until('the question by SMS', () => texts().length === 1 || texts().length, 30_000);
  expect(telegram.sent).toEqual([]);
  expect(texts()).toEqual(['چطور بود؟ از ۱ تا ۵ پاسخ دهید']);

  first.peyk.signal('SIGKILL');
  await first.peyk.ended;
  const { url } = await world.serve({ ...env, PEYK_DATABASE_URL: first.database });
  expect(await reply(url, 1, phoneOf(1), '۵')).toBe(200);
  // The provider tells it twice.
  expect(await reply(url, 1, phoneOf(1), '۵')).toBe(200);
  await until('thanks by SMS', () => texts().length === 2 || texts().length, 30_000);
  expect(texts()[1]).toBe('ممنون از ۵');

  // She takes offers until she says 11; from the next second on she gets none.
  await post(url, [event('offer.made', 'ann', 'o1', { offer: 'یک' })]);
  await until('the offer', () => texts().length === 3 || texts().length, 30_000);
  expect(texts()[2]).toBe('پیشنهاد یک\nلغو۱۱');
  expect(await reply(url, 2, phoneOf(1), '۱۱')).toBe(200);
  await post(url, [
    event('offer.made', 'ann', 'o2', { offer: 'دو' }),
    event('repair.delivered', 'ann', 'd2', { repair_id: 'r2' }),
  ]);
  // Somebody else's comes after hers would have.
  await put(url, 'bob', { phone: phoneOf(2), consent: { marketing: true } });
  await post(url, [event('offer.made', 'bob', 'o3', { offer: 'سه' })]);
  await until('the offer to bob', () => texts().length >= 4 || texts().length, 30_000);
  expect(texts().slice(3)).toEqual(['پیشنهاد سه\nلغو۱۱']);
  expect(smtp.mails()).toEqual([]);
  expect(telegram.sent).toEqual([]);
});

describeWithKafka('a guest who comes every other day', (brokers) => {
  let topics: Topics;
  beforeAll(async () => {
    topics = await Topics.connect(brokers);
  });
  afterAll(() => topics.close());

  it('is asked once, from Kafka to the provider', async () => {
    const { fake: sms, env: kavenegar } = await world.kavenegar();
    const topic = await topics.fresh(2);
    const kafka = { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: topic };
    const { env: messenger } = await bot();
    const smtp = await world.smtp();
    const { url } = await world.serve({ ...written(), ...kavenegar, ...messenger, ...kafka, PEYK_SMTP_URL: smtp.url });
    for (const n of [1, 2]) await put(url, `guest-${String(n)}`, { phone: phoneOf(n) });
    const visits = Array.from({ length: 15 }, (_, day) => {
      const time = new Date(Date.now() - (30 - 2 * day) * 86_400_000).toISOString();
      return { ...event('visit', 'guest-1', `visit/${String(day)}`, {}), time };
    });
    const headers = { 'content-type': 'application/cloudevents+json' };
    await topics.put(
      topic,
      visits.map((one) => ({ key: one.subject, value: JSON.stringify(one), headers })),
    );
    const all = (): number => sms.sent().length;
    await until('the survey', () => all() >= 1 || all(), 60_000);
    await until(
      'all visits',
      async () => (await get(`${url}/metrics`)).text.includes('peyk_events_total{source="kafka",result="accepted"} 15'),
      60_000,
    );
    await topics.put(topic, [
      { key: 'guest-2', value: JSON.stringify(event('visit', 'guest-2', 'visit/other', {})), headers },
    ]);
    await until('the survey of the other guest', () => all() >= 2 || all(), 60_000);
    expect(sms.sent().map(({ receptor }) => receptor)).toEqual([phoneOf(1), phoneOf(2)]);
  });
});
