import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import type { SenderSettings } from '../../../src/outbox/settings.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { numbers, Outbox, until } from './outbox-fixture.js';

const apiKey = 'test-key';
const settings: Partial<SenderSettings> = {
  leaseMs: 5_000,
  callTimeoutMs: 1_000,
  inDoubt: { askAfterMs: 1_200, askUntilMs: 60_000 },
};

let outbox: Outbox;
let server: FakeKavenegar;
let channel: KavenegarChannel;
beforeAll(async () => {
  outbox = await Outbox.open();
});
afterAll(async () => {
  await outbox.close();
});
beforeEach(async () => {
  server = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  channel = new KavenegarChannel({ apiKey, baseUrl: server.url, sender: '10004346', timeoutMs: 900, concurrency: 20 });
});
afterEach(async () => {
  await outbox.stopAll();
  await server.close();
  await channel.close();
});

async function allSent(): Promise<boolean> {
  return (await outbox.messages()).every(({ state }) => state === 'sent');
}

describe('over Kavenegar', () => {
  it('every message arrives once, whatever happens to the answers', async () => {
    server.faults.random({
      share: 0.3,
      faults: [
        { kind: 'silence', accept: true },
        { kind: 'silence', accept: false },
        { kind: 'reset', accept: true },
        { kind: 'reset', accept: true, when: 'mid_answer' },
        { kind: 'reset', accept: false },
      ],
    });
    const messages = numbers(1, 120).map((id) => ({ id, customer: `c${String(id % 40)}` }));
    await outbox.queue(...messages);
    await addresses();
    outbox.sender([channel], { settings });
    await until(allSent, 60_000);
    const texts = server.sent().map(({ text }) => text);
    expect(texts).toHaveLength(120);
    expect(new Set(texts).size).toBe(120);
    for (const customer of numbers(0, 40)) {
      const own = texts.map((text) => Number(text.slice(5))).filter((id) => id % 40 === customer);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  }, 90_000);
});

/** Phone numbers that Kavenegar takes. */
async function addresses(): Promise<void> {
  await outbox.database.run({ name: '', text: `update message set address = '+98912' || (1000000 + id)` });
}
