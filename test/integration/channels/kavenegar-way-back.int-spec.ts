import { KavenegarClient, KavenegarRefusal } from '../../../src/channels/kavenegar/way-back.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';

const apiKey = 'secret-key-7A';
const line = '10004346';
const hour = 3_600_000;

let server: FakeKavenegar;
let client: KavenegarClient;

beforeEach(async () => {
  server = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  client = new KavenegarClient({ apiKey, baseUrl: server.url, timeoutMs: 2_000 });
});

afterEach(async () => {
  await server.close();
  await client.close();
});

describe('replies to a line', () => {
  it('are given once as unread, a hundred at a time', async () => {
    for (let number = 1; number <= 130; number += 1) server.inbox.receive(line, '09121234567', String(number));
    server.inbox.receive('2000', '09121234567', 'to another line');
    const first = await client.receive(line);
    expect(first).toHaveLength(100);
    expect(first[0]).toEqual({ kind: 'reply', id: '35850001', from: '+989121234567', text: '1', line });
    expect((await client.receive(line)).map(({ text }) => text)).toEqual(
      [...Array(30).keys()].map((n) => String(n + 101)),
    );
    expect(await client.receive(line)).toEqual([]);
  });

  it('are found again in the inbox, read or not, each once, since an instant', async () => {
    server.inbox.receive(line, '09121234567', 'old', Math.floor((Date.now() - 3 * hour) / 1_000));
    for (let number = 1; number <= 450; number += 1) server.inbox.receive(line, '9121234567', String(number));
    await client.receive(line);
    for (let time = 1; time <= 2; time += 1) {
      const texts = (await client.inbox(line, Date.now() - hour)).map(({ text }) => Number(text));
      expect(texts.sort((a, b) => a - b)).toEqual([...Array(450).keys()].map((n) => n + 1));
    }
  });

  it('that say nothing of who wrote them are left out', async () => {
    server.inbox.receive(line, 'ADVERT', 'buy');
    server.inbox.receive(line, '09121234567', '5');
    expect(await client.receive(line)).toMatchObject([{ text: '5' }]);
  });
});

describe('what became of messages', () => {
  it('is told by the provider’s ids, in calls of 500, and what it does not know is left out', async () => {
    const [sent, refused] = ['09121234567', '09350000000'].map((receptor) => {
      server.ledger.blocked.add('09350000000');
      return server.ledger.accept({ receptor, text: 'x', localid: undefined, sender: line });
    });
    const others = [...Array(600).keys()].map(String);
    const told = await client.statusOf([String(sent?.messageid), ...others, String(refused?.messageid)]);
    expect([...told]).toEqual([
      [String(sent?.messageid), 'under way'],
      [String(refused?.messageid), 'failed'],
    ]);
    expect(server.calls.get('sms/status')).toBe(2);
    expect(await client.statusOf([])).toEqual(new Map());
  });
});

describe('who has answered «لغو۱۱»', () => {
  it('is told over all pages, and nobody who is blocked for another reason', async () => {
    for (let number = 0; number < 401; number += 1) server.inbox.block(line, `0912${String(1_000_000 + number)}`);
    server.inbox.block(line, '09350000000', 1);
    const phones = await client.blocked(line);
    expect(phones).toHaveLength(401);
    expect(phones[0]).toBe('+989121000000');
    expect(phones).not.toContain('+989350000000');
  });
});

describe('a provider that cannot be asked', () => {
  it.each([
    ['an error', { kind: 'status', status: 407 }, 'Kavenegar 407'],
    ['a page of something else', { kind: 'html', http: 200, accept: false }, 'without Kavenegar'],
    ['a reset', { kind: 'reset', accept: false }, /\S/],
  ] as const)('says so, without the key: %s', async (_, fault, reason) => {
    server.faults.next(fault, 'sms/receive');
    const asking = client.receive(line);
    await expect(asking).rejects.toThrow(KavenegarRefusal);
    await expect(asking).rejects.toThrow(reason);
    await expect(asking).rejects.not.toThrow(apiKey);
  });

  it('in the middle of its pages gives none of them as all', async () => {
    for (let number = 0; number < 300; number += 1) server.inbox.block(line, `0912${String(1_000_000 + number)}`);
    let page = 0;
    server.faults.choose(() => ((page += 1) === 2 ? { kind: 'status', status: 429 } : undefined));
    await expect(client.blocked(line)).rejects.toThrow('429');
  });
});
