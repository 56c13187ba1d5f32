import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import type { Outgoing } from '../../../src/channels/channel.js';
import type { Tokens } from '../../../src/domain/message/template/tokens.js';
import type { Fault } from '../../servers/kavenegar/faults.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';

const apiKey = 'secret-key-7A';
let server: FakeKavenegar;
let channel: KavenegarChannel;

beforeEach(async () => {
  server = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  server.templates.set('ready', 'سلام %token10، %token آماده است');
  channel = new KavenegarChannel({ apiKey, baseUrl: server.url, sender: '10004346', timeoutMs: 2_000 });
});

afterEach(async () => {
  await server.close();
  await channel.close();
});

function registered(tokens: Tokens | undefined, lookup = 'ready'): Outgoing {
  const content = { channel: 'sms', text: 'as it reads', parts: 1, lookup } as const;
  return { id: 7, to: '+989121234567', content: tokens === undefined ? content : { ...content, tokens } };
}

describe('a text that is registered at Kavenegar', () => {
  it('is sent by its name with its tokens, and without line or localid', async () => {
    const seen: unknown[] = [];
    server.faults.choose((method, params) => void seen.push([method, { ...params }]));
    const result = await channel.send(registered({ token: 'لپ‌تاپ', token10: 'زهرا و علی عزیز' }));
    expect(result).toMatchObject({ kind: 'accepted', providerId: '8792344' });
    expect(seen).toEqual([
      ['verify/lookup', { receptor: '09121234567', template: 'ready', token: 'لپ‌تاپ', token10: 'زهرا و علی عزیز' }],
    ]);
    expect(server.sent()).toMatchObject([{ text: 'سلام زهرا و علی عزیز، لپ‌تاپ آماده است' }]);
  });

  it.each<[string, Tokens | undefined]>([
    ['"ready" needs a token; name it with "token: …" in the front matter of the text', undefined],
    ['"ready": token holds more than 0 spaces; token10 may hold 5, token20 8', { token: 'زهرا جان' }],
    [
      '"ready": token10 holds more than 5 spaces; token10 may hold 5, token20 8',
      { token: 'a', token10: '1 2 3 4 5 6 7' },
    ],
    ['"ready": token20 holds more than 8 spaces', { token: 'a', token20: '1 2 3 4 5 6 7 8 9 10' }],
    ['"ready": token2 has more than 100 characters', { token: 'a', token2: 'b'.repeat(101) }],
    ['"ready": token3 holds a line break, "_" or half a character', { token: 'a', token3: 'b_c' }],
  ])('is refused without a call: %s', async (reason, tokens) => {
    expect(await channel.send(registered(tokens))).toEqual({ kind: 'rejected', reason });
    expect(server.calls.size).toBe(0);
  });

  it('that Kavenegar does not know stops no other text', async () => {
    const result = await channel.send(registered({ token: 'a' }, 'gone'));
    expect(result).toMatchObject({ kind: 'rejected', reason: expect.stringMatching(/^Kavenegar 424/) as string });
  });

  // A repeat would be sent a second time, so that what may have been taken is never simply tried again.
  it.each<[Fault, string]>([
    [{ kind: 'html', http: 502, accept: true }, 'unknown'],
    [{ kind: 'status', status: 503 }, 'unknown'],
    [{ kind: 'status', status: 402 }, 'unknown'],
    [{ kind: 'silence', accept: true }, 'unknown'],
    [{ kind: 'cut', accept: true }, 'unknown'],
    [{ kind: 'status', status: 429 }, 'retry'],
    [{ kind: 'status', status: 418 }, 'channel_down'],
    [{ kind: 'status', status: 426 }, 'rejected'],
    [{ kind: 'status', status: 431 }, 'rejected'],
  ])('that meets %j is %s', async (fault, kind) => {
    server.faults.next(fault, 'verify/lookup');
    expect(await channel.send(registered({ token: 'a', token10: 'b' }))).toMatchObject({ kind });
  });
});
