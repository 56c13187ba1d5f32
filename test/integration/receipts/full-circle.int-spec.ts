import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import { Sender } from '../../../src/outbox/sender.js';
import { callBackReply, callBackStatus } from '../../servers/kavenegar/call-back.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { event } from '../engine/engine-bench.js';
import { until } from '../outbox/outbox-fixture.js';
import { hookedApp, secret, typesOf, type HookedApp } from './hooked-app.js';

const apiKey = 'test-key-of-the-circle';
const line = '10004346';

let app: HookedApp;
let hook: string;
let kavenegar: FakeKavenegar;
let channel: KavenegarChannel;
let sender: Sender;
let waking: NodeJS.Timeout;
beforeAll(async () => {
  app = await hookedApp();
  hook = `${app.url}/hooks/sms/${secret}`;
  kavenegar = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  channel = new KavenegarChannel({ apiKey, baseUrl: kavenegar.url, sender: line, timeoutMs: 400 });
  const composer = { compose: () => ({ channel: 'email' as const, subject: 's', text: 't', html: 'h' }) };
  const settings = { leaseMs: 2_500, callTimeoutMs: 600, inDoubt: { askAfterMs: 1_000, askUntilMs: 60_000 } };
  sender = new Sender({ database: app.database, channels: [channel], composer, inDoubtRule: () => 'never', settings });
  sender.start();
  waking = setInterval(() => {
    sender.wake();
  }, 50);
}, 120_000);
afterAll(async () => {
  clearInterval(waking);
  await sender.stop();
  await channel.close();
  await kavenegar.close();
  await app.close();
});
afterEach(() => {
  kavenegar.ledger.onAccepted = undefined;
  kavenegar.faults.clear();
});

async function deliveredTo(customer: string): Promise<void> {
  await until(async () => (await typesOf(app, customer)).includes('message.delivered'), 20_000);
  expect((await typesOf(app, customer)).filter((type) => type === 'message.delivered')).toHaveLength(1);
  expect(await app.sql('select state, receipt from message where customer_id = $1', [customer])).toEqual([
    { state: 'sent', receipt: 'delivered' },
  ]);
}

describe('over Kavenegar and back', () => {
  it('a message that is sent and delivered lets its journey go on', async () => {
    kavenegar.ledger.onAccepted = ({ messageid }) => setTimeout(() => void callBackStatus(hook, messageid, 10), 500);
    await app.decide(event('customer.updated', 'plain', { phone: '09121110001' }), event('visit', 'plain'));
    await deliveredTo('plain');
    expect(await app.sql(`select reason from enrolment where customer_id = 'plain'`)).toEqual([{ reason: 'arrived' }]);
  });

  it('a receipt that comes before the answer to the sending is not lost', async () => {
    const answers: Promise<number>[] = [];
    kavenegar.faults.next({ kind: 'slow', ms: 300 });
    kavenegar.ledger.onAccepted = ({ messageid }) => answers.push(callBackStatus(hook, messageid, 10));
    await app.decide(event('customer.updated', 'early', { phone: '09121110002' }), event('visit', 'early'));
    await deliveredTo('early');
    expect(await Promise.all(answers)).toEqual([200]);
  });

  it('a receipt of a message whose answer was lost waits until the provider was asked', async () => {
    kavenegar.faults.next({ kind: 'silence', accept: true });
    kavenegar.ledger.onAccepted = ({ messageid }) => void callBackStatus(hook, messageid, 10);
    await app.decide(event('customer.updated', 'doubt', { phone: '09121110003' }), event('visit', 'doubt'));
    await deliveredTo('doubt');
    expect(kavenegar.sent().filter(({ receptor }) => receptor === '09121110003')).toHaveLength(1);
    expect(await app.sql('select from early_receipt')).toEqual([]);
  });

  it('an answer of «لغو» withdraws consent, by GET and by POST the same once', async () => {
    await app.decide(event('customer.updated', 'goer', { phone: '09121110004' }), event('visit', 'goer'));
    await until(
      async () => (await app.sql(`select from message where customer_id = 'goer' and state = 'sent'`)).length === 1,
    );
    const entry = kavenegar.inbox.receive(line, '9121110004', 'لغو');
    expect([await callBackReply(hook, entry), await callBackReply(hook, entry, 'POST')]).toEqual([200, 200]);
    expect((await typesOf(app, 'goer')).filter((type) => type === 'message.received')).toHaveLength(1);
    expect(await app.sql(`select consent from customer where id = 'goer'`)).toEqual([{ consent: { news: false } }]);
  });
});
