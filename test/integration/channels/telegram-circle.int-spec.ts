import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPeyk, type RunningPeyk } from '../../../src/assembly/start-peyk.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { shopFiles } from '../../given/workspace.js';
import { FakeBotApi } from '../../servers/messengers/bot-api.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';
import { until } from '../outbox/outbox-fixture.js';

const secret = 'a-secret-of-the-hooks';
const files = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  service: { consent: not_needed }
channel_order: [telegram]
channels: { telegram: { provider: telegram } }
`,
  'journeys/events.yaml': shopFiles['journeys/events.yaml'] ?? '',
  'journeys/survey.yaml': `journey: survey
purpose: service
trigger: { event: repair.delivered }
steps:
  - ask: how
    answers: 1..5
    save_as: score
  - send: thanks
`,
  'templates/how/telegram.hbs': 'از ۱ تا ۵ چند؟\n',
  'templates/thanks/telegram.hbs': 'ممنون، {{default score.value "-"}} گرفتیم\n',
};

let root: string;
let bot: FakeBotApi;
let server: TestDatabase;
let peyk: RunningPeyk | undefined;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'peyk-circle-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  bot = await new FakeBotApi('1:token-of-the-circle').listen();
  server = await freshDatabase();
  const config = loadConfig({
    PEYK_PORT: '0',
    PEYK_LOG_LEVEL: 'silent',
    PEYK_DATABASE_URL: server.url,
    PEYK_JOURNEYS_DIR: path.join(root, 'journeys'),
    PEYK_TEMPLATES_DIR: path.join(root, 'templates'),
    PEYK_DATA_DIR: path.join(root, 'data'),
    PEYK_HOOK_SECRET: secret,
    PEYK_TELEGRAM_TOKEN: '1:token-of-the-circle',
    PEYK_TELEGRAM_API_ROOT: bot.url,
  });
  peyk = await startPeyk(config);
}, 120_000);

afterAll(async () => {
  await peyk?.stop();
  await bot.close();
  await server.drop();
  await rm(root, { recursive: true, force: true });
});

async function post(to: string, body: object, type = 'application/json'): Promise<number> {
  const headers = { 'content-type': type };
  return (await fetch(`${peyk?.url ?? ''}${to}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

function cloudEvent(type: string, id: string, data: object): Promise<number> {
  const event = { specversion: '1.0', id, source: 'shop', type, subject: 'ann', data };
  return post('/v1/events', event, 'application/cloudevents+json');
}

it('a question is asked in Telegram, answered by a button, and its journey goes on', async () => {
  expect(await cloudEvent('customer.updated', '1', { telegram: '48151623' })).toBeLessThan(300);
  expect(await cloudEvent('repair.delivered', '2', { repair_id: 'r1' })).toBeLessThan(300);
  await until(() => bot.sent.length === 1);
  const [question] = bot.sent;
  const buttons = ['1', '2', '3', '4', '5'].map((text) => ({ text, callback_data: text }));
  expect(question).toEqual({ chat: '48151623', text: 'از ۱ تا ۵ چند؟', keyboard: { inline_keyboard: [buttons] } });
  const message = { message_id: 1, chat: { id: 48151623, type: 'private' } };
  const press = { update_id: 7, callback_query: { id: '17', from: { id: 48151623 }, message, data: '4' } };
  expect(await post(`/hooks/telegram/${secret}`, press)).toBe(200);
  await until(() => bot.sent.length === 2);
  expect(await post(`/hooks/telegram/${secret}`, press)).toBe(200);
  expect(bot.sent[1]).toEqual({ chat: '48151623', text: 'ممنون، 4 گرفتیم', keyboard: undefined });
  const sent = { name: '', text: `select from message where state = 'sent'` };
  await until(async () => (await peyk?.database.run(sent))?.length === 2);
  expect(bot.sent).toHaveLength(2);
});
