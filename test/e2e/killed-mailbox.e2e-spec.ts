import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import type { PeykProcess } from './peyk-process.js';
import { get, phoneOf, post, put, received } from './shop.js';
import { World } from './world.js';

// A message in doubt is asked about a minute after it was taken, not sooner.
jest.setTimeout(240_000);

const world = new World();
afterEach(() => world.end());

const printedIn = (text: string): number => text.match(/^ {2}sms to \+/gm)?.length ?? 0;

async function countOf(peyk: PeykProcess, state: string): Promise<number> {
  const { text } = await get(`${await peyk.url()}/v1/messages?state=${state}`);
  return (JSON.parse(text) as { messages: readonly unknown[] }).messages.length;
}

describe('kill -9 of a Peyk with a mailbox', () => {
  it('prints nothing twice, also what was printed and not settled; the next start says what it is waiting for', async () => {
    const data = world.dataFolder();
    const start = (): PeykProcess => world.start(['start'], { PEYK_DATA_DIR: data });
    let peyk = start();
    await until('the day', () => /^ {2}curl /m.test(peyk.out), 60_000);
    await put(await peyk.url(), 'c1', { phone: phoneOf(1) });
    let printed = 0;
    // Outcomes are settled some 40 ms after the print: the kill comes before, sooner or later.
    for (let attempt = 1; ; attempt += 1) {
      const before = printedIn(peyk.out);
      await Promise.all([
        post(await peyk.url(), [received('c1', `r-${String(attempt)}`)]).catch(() => undefined),
        until('the message', () => printedIn(peyk.out) > before).then(() => {
          peyk.signal('SIGKILL');
        }),
      ]);
      await peyk.ended;
      printed += 1;
      peyk = start();
      await until('what to try', () => /^ {2}curl /m.test(peyk.out), 60_000);
      if ((await countOf(peyk, 'sending')) + (await countOf(peyk, 'in_doubt')) > 0) break;
      if (attempt === 10) throw new Error('every kill came after the outcome was settled');
    }
    expect(peyk.out).toContain(
      '  … 1 message of a process that was killed is being asked about and leaves within about a minute\n',
    );
    const sent = await countOf(peyk, 'sent');
    await until('the end of doubt', async () => (await countOf(peyk, 'sent')) === sent + 1, 150_000);
    expect(printedIn(peyk.out)).toBe(0);
    expect(await countOf(peyk, 'in_doubt')).toBe(0);
    expect(sent + 1).toBe(7 + printed);
    expect(await peyk.stop('SIGINT')).toMatchObject({ code: 0 });
  });
});
