import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import { WebhookReceiver } from '../servers/webhook/server.js';
import { get, post, put, received } from './shop.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

const journey = (url: string): string => `journey: telling
purpose: transactional
about: repair_id
trigger: { event: repair.received }
steps:
  - webhook: ${url}/repairs
    body: { repair: =trigger.repair_id }
    save_as: answer
    else: [{ stop: in vain }]
  - { send: told, with: { id: '=default(answer.body.id, "-")' } }
`;

describe('a web hook', () => {
  it('is called again after kill -9 under the same key, and the message that follows goes to the business too', async () => {
    const receiver = await new WebhookReceiver().listen();
    world.defer(() => receiver.close());
    const files = world.files();
    files.edit('journeys/telling.yaml', () => journey(receiver.url));
    mkdirSync(path.join(files.folder, 'templates/told'));
    files.edit('templates/told/webhook.hbs', () => '{{default customer.name "-"}}: {{id}}\n');
    files.edit('journeys/policy.yaml', (text) =>
      text
        .replace('channel_order: [', 'channel_order: [webhook, ')
        .replace(/^channels:\n/m, `channels:\n  webhook: { provider: webhook, sender: "${receiver.url}/messages" }\n`),
    );
    const env = {
      ...(await world.kavenegar()).env,
      ...files.env,
      PEYK_WEBHOOK_ALLOW: '127.0.0.1',
      PEYK_WEBHOOK_SECRET: 'a-secret-that-two-share',
      PEYK_SMTP_URL: (await world.smtp()).url,
    };
    const first = await world.serve(env);
    await put(first.url, 'c1', { name: 'سارا' });
    // It has the call, and does not answer before its caller is dead.
    receiver.next({ kind: 'silence', accept: true });
    await post(first.url, [received('c1', 'r-7')]);
    await until('the call', () => receiver.requests.length === 1);
    first.peyk.signal('SIGKILL');
    await first.peyk.ended;
    const second = await world.serve({ ...env, PEYK_DATABASE_URL: first.database });
    await until(
      'the message',
      () => receiver.requests.some(({ path }) => path === '/messages') || second.peyk.out,
      90_000,
    );
    const calls = receiver.requests.filter(({ path }) => path === '/repairs');
    expect(calls).toHaveLength(2);
    expect(new Set(calls.map(({ headers, body }) => `${String(headers['idempotency-key'])} ${body}`)).size).toBe(1);
    const [message] = receiver.requests.filter(({ path }) => path === '/messages');
    const key = String(calls[0]?.headers['idempotency-key']);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ customer: 'c1', text: `سارا: ${key}` });
    expect(message?.headers['peyk-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    await until('its record', async () =>
      (await get(`${second.url}/v1/messages?customer=c1&state=sent`)).text.includes('"channel":"webhook"'),
    );
    expect(await second.peyk.stop()).toMatchObject({ code: 0 });
  });
});
