import { numbers, Outbox, until } from './outbox-fixture.js';
import { OverKavenegar, settings } from './over-kavenegar.js';

let outbox: Outbox;
let kavenegar: OverKavenegar;
beforeAll(async () => {
  outbox = await Outbox.open();
});
afterAll(async () => {
  await outbox.close();
});
beforeEach(async () => {
  kavenegar = await OverKavenegar.open();
});
afterEach(async () => {
  await outbox.stopAll();
  await kavenegar.close();
});

describe('over Kavenegar', () => {
  it('every message arrives once, whatever happens to the answers', async () => {
    const { server, channel } = kavenegar;
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
    await until(() => outbox.areAll('sent'), 60_000);
    const texts = server.sent().map(({ text }) => text);
    expect(texts).toHaveLength(120);
    expect(new Set(texts).size).toBe(120);
    for (const customer of numbers(0, 40)) {
      const own = texts.map((text) => Number(text.slice(5))).filter((id) => id % 40 === customer);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  });
});

/** Phone numbers that Kavenegar takes. */
async function addresses(): Promise<void> {
  await outbox.database.run({ name: '', text: `update message set address = '+98912' || (1000000 + id)` });
}
