import { SafirChannel } from '../../../src/channels/safir/safir.channel.js';
import type { Outgoing } from '../../../src/channels/channel.js';
import type { Fault } from '../../servers/messengers/faulty-server.js';
import { FakeSafir, failed } from '../../servers/messengers/safir.js';
import { describeChannel, type Expectation, type Rig } from './contract.js';

const apiKey = 'S4f1r/secret+key';
const botId = 361469114;
const phone = '+989121234567';

interface SafirRig extends Rig {
  readonly server: FakeSafir;
}

async function open(timeoutMs: number, key = apiKey): Promise<SafirRig> {
  const server = await new FakeSafir(apiKey, botId).listen();
  const channel = new SafirChannel({ apiKey: key, botId, baseUrl: server.url, timeoutMs });
  return {
    server,
    channel,
    timeoutMs,
    secrets: [key, encodeURIComponent(key), '9121234567'],
    outgoing: bale,
    arrivals: () => server.sent.map(({ text }) => text),
    untilNoConnections: () => server.untilNoConnections(),
    close: async () => {
      await server.close();
      await channel.close();
    },
  };
}

function bale(id: number, text: string): Outgoing {
  return { id, to: phone, content: { channel: 'bale', text } };
}

function on(fault: Fault, expected: Omit<Expectation, 'provoke'>): Expectation<SafirRig> {
  return {
    ...expected,
    provoke: ({ server }) => {
      server.next(fault);
    },
  };
}

function error(code: number, description = 'no'): Fault {
  return { kind: 'reply', reply: failed(code, description) };
}

const again = { kind: 'retry', with: { perhapsTaken: true } } as const;

describeChannel<SafirRig>({
  provider: 'safir',
  idempotent: true,
  open,
  faults: {
    'silence after acceptance': on({ kind: 'silence', accept: true }, { ...again, arrives: true }),
    'silence before acceptance': on({ kind: 'silence', accept: false }, { ...again, arrives: false }),
    'reset after acceptance, before the answer': on({ kind: 'reset', accept: true }, { ...again, arrives: true }),
    'reset after acceptance, in mid-answer': on(
      { kind: 'reset', accept: true, when: 'mid_answer' },
      { ...again, arrives: true },
    ),
    'reset before acceptance': on({ kind: 'reset', accept: false }, { ...again, arrives: false }),
    'too many calls': on(
      { kind: 'html', http: 429, retryAfter: '7', accept: false },
      { kind: 'retry', arrives: false, with: { afterMs: 7000 } },
    ),
    'address limited for now': on(error(3, 'rate limit'), { kind: 'retry', arrives: false }),
    'server error after acceptance': on({ kind: 'html', http: 502, accept: true }, { ...again, arrives: true }),
    'server error in the usual form': on(error(2), { ...again, arrives: false }),
    'foreign answer after acceptance': on({ kind: 'html', http: 200, accept: true }, { ...again, arrives: true }),
    'cut answer after acceptance': on({ kind: 'cut', accept: true }, { ...again, arrives: true }),
    'empty answer after acceptance': on({ kind: 'empty', accept: true }, { ...again, arrives: true }),
    'slow answer': on({ kind: 'slow', ms: 100 }, { kind: 'accepted', arrives: true }),
    'account or key refused': on(
      { kind: 'reply', reply: { http: 200, body: 'invalid_access_key' } },
      { kind: 'channel_down', arrives: false },
    ),
    'no credit': {
      kind: 'channel_down',
      arrives: false,
      lasting: true,
      provoke: ({ server }) => {
        server.credit = 0;
      },
    },
    'address blocked': {
      kind: 'rejected',
      arrives: false,
      lasting: true,
      provoke: ({ server }) => {
        server.strangers.add('989121234567');
      },
    },
    'address refused': on(error(8, 'invalid phone 989121234567'), { kind: 'rejected', arrives: false }),
    'server away': { kind: 'retry', arrives: false, lasting: true, provoke: ({ server }) => server.close() },
  },
});

describe('what is Safir’s own', () => {
  let rig: SafirRig;

  beforeEach(async () => {
    rig = await open(5000);
  });

  afterEach(() => rig.close());

  it('sends number, bot, text and the message’s id in the forms that it takes', async () => {
    expect(await rig.channel.send(bale(2 ** 52 + 1, 'سلام'))).toEqual({
      kind: 'accepted',
      providerId: '523e6875-7c41-491b-8460-000000000001',
      cost: undefined,
    });
    expect(rig.server.calls[0]?.body).toEqual({
      request_id: '4503599627370497',
      bot_id: botId,
      phone_number: '989121234567',
      message_data: { message: { text: 'سلام' } },
    });
  });

  it.each(['48151623', '09121234567', '+982188776655', '+4915112345678', '@sara', ''])(
    'leaves the address %j to another, without a call',
    async (to) => {
      const result = await rig.channel.send({ ...bale(1, 'x'), to });
      expect(result).toMatchObject({ kind: 'rejected', elsewhere: true });
      expect(rig.server.calls).toEqual([]);
    },
  );

  it('says that the channel is down when the key is wrong', async () => {
    const other = await open(5000, 'wrong-key-123');
    expect(await other.channel.send(bale(1, 'x'))).toMatchObject({ kind: 'channel_down' });
    await other.close();
  });

  it('cannot be asked without sending something', () => {
    expect('probe' in rig.channel).toBe(false);
  });

  it('sends a message again after each fault, and it still arrives once', async () => {
    const faults: Fault[] = [
      { kind: 'html', http: 500, accept: true },
      { kind: 'reset', accept: true },
      { kind: 'cut', accept: true },
    ];
    for (const fault of faults) rig.server.next(fault);
    const kinds: string[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) kinds.push((await rig.channel.send(bale(1, 'یک بار'))).kind);
    expect(kinds).toEqual(['retry', 'retry', 'retry', 'accepted']);
    expect(rig.arrivals()).toEqual(['یک بار']);
  });

  it.each([
    [4, 'rejected'],
    [17, 'rejected'],
    [21, 'rejected'],
    [20, 'channel_down'],
    [99, 'rejected'],
  ])('says of the error %i: %s', async (code, kind) => {
    rig.server.next(error(code, `about ${phone}`));
    const result = await rig.channel.send(bale(1, 'x'));
    expect(result).toMatchObject({ kind, reason: `Safir ${String(code)}: about [recipient]` });
  });

  it.each([
    [401, /PEYK_BALE_SAFIR_KEY/],
    [404, /PEYK_BALE_SAFIR_BASE_URL/],
  ])('is for a person to mend: an HTTP %i that is not Safir’s', async (http, reason) => {
    rig.server.next({ kind: 'html', http, accept: false });
    expect(await rig.channel.send(bale(1, 'x'))).toMatchObject({
      kind: 'channel_down',
      reason: expect.stringMatching(reason) as string,
    });
  });
});
